/** What is asked before another run is created, where the answer to the first one was lost. */
const SECOND = 'If SolveXia created that run all the same, this creates a second run.';

export const CREATE_ANOTHER = {
  listed: `The answer to the first one was lost. ${SECOND}`,
  unlisted: `The answer to the first one was lost, and the runs of this process could not all be listed: look at them in SolveXia first. ${SECOND}`,
};
