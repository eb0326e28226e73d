/** What people read in the Inbox. */

export const INBOX = {
  empty: 'No notifications yet',
  emptyWords: 'When a run that you watch ends, its notification is kept here.',
  fresh: 'New',
  gone: 'That notification is not in the Inbox any more.',
};
