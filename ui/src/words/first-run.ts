/** What people read when they start Runwatch for the first time. */
export const FIRST_RUN = {
  title: 'Welcome to Runwatch',
  lead: 'It watches your process runs in SolveXia and tells you how they really ended.',
  connect: 'Connect to SolveXia',
  connectWords: 'Sign in to your environment and add the runs that you wait for.',
  demo: 'Look around with sample data',
  demoWords:
    'Opens a second window with made-up runs in a simulated SolveXia. Nothing of it is real, and nothing of yours is in it.',
  opened: 'The sample data opens in a window of its own. Close it when you have seen enough.',
};
