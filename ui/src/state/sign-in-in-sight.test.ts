/** Rule 28: what comes late takes no form away in which somebody typed. */
import { describe, expect, it } from 'vitest';
import { account, opened, row } from './testing';

describe('a sign-in form that is in sight for want of a secret', () => {
  const out = account({ state: 'signed-out' });

  it.each(['ready', 'locked', 'no-keychain'] as const)(
    'makes way for the list once the keychain has told: %s',
    async (state) => {
      const { app, push } = await opened({ accounts: [out], runs: [row()] });
      expect(app.page).toBe('sign-in');
      push({ type: 'account', account: account({ state }) });
      expect(app.page).toBe('runs');
    },
  );

  it('makes way where the user had opened it meanwhile', async () => {
    const unread = account({ state: 'no-keychain' });
    const { app, push } = await opened({ accounts: [unread], runs: [row()] });
    app.entrance.showSignIn(unread);
    push({ type: 'account', account: { ...unread, scopes: [] } });
    expect(app.page).toBe('sign-in');
    push({ type: 'account', account: account() });
    expect(app.page).toBe('runs');
  });

  it('stays where a secret is being typed', async () => {
    const { app, push } = await opened({ accounts: [out] });
    app.signIn.clientSecret = 'half a sec';
    push({ type: 'account', account: account() });
    expect(app.page).toBe('sign-in');
    expect(app.signIn.clientSecret).toBe('half a sec');
  });
});

describe('rule 28: a sign-in form in which something else was typed', () => {
  const typed = {
    environment: 'https://uk.solvexia.com',
    clientId: 'another',
    port: '49000',
  } as const;

  it.each(Object.keys(typed) as (keyof typeof typed)[])('stays with its %s', async (field) => {
    const { app, push } = await opened({ accounts: [account({ state: 'signed-out' })] });
    app.signIn[field] = typed[field];
    expect(app.signIn.holds).toBe(true);
    push({ type: 'account', account: account() });
    expect(app.page).toBe('sign-in');
    expect(app.signIn[field]).toBe(typed[field]);
  });
});
