/** What people read about what their organisation’s IT has set. */

export const SET_BY_ORGANISATION = 'Set by your organisation';
export const NO_PASTED_TOKENS = 'not allowed by your organisation';
