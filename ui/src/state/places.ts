/** What the window can show. */
export type Page = 'loading' | 'broken' | 'first-run' | 'sign-in' | 'runs';
export type Panel = 'inbox' | 'activity';
