import { describe, expect, it } from 'vitest';
import { endsSoon, keepingWords, rights, standing, STATES, tokenLeft, toldWords } from './accounts';
import type { AccountState } from '../generated/contract';
import { account } from '../state/testing';

describe('what stands above the list', () => {
  it('is nothing while the account can do all', () => {
    expect(standing(account(), false)).toBeNull();
  });

  it('says of a locked keychain that the list is kept and watching is paused', () => {
    const said = standing(account({ state: 'locked' }), false);
    expect(said?.code).toBe('keychain');
    expect(said?.message).toMatch(/locked.*list is kept; watching is paused until you unlock/);
  });

  it('says of a keychain that cannot be reached that it is tried again, and of no sign-out', () => {
    const said = standing(account({ state: 'no-keychain' }), false);
    expect(said?.code).toBe('keychain');
    expect(said?.message).toMatch(/cannot be reached.*list is kept.*tries again by itself/);
    expect(said?.message).not.toMatch(/signed out/);
  });

  it('says which rule an account meets, and that nothing of it is lost', () => {
    const notAllowed = 'Your organisation’s rules do not allow Runwatch to sign in to x.';
    const said = standing(account({ state: 'not-allowed', notAllowed }), false);
    expect(said?.code).toBe('policy');
    expect(said?.message).toMatch(/^Your organisation’s rules .* history are kept/);
  });

  it('names the environment that has to be signed in to again', () => {
    for (const state of ['expired', 'signed-out'] as const) {
      const said = standing(account({ state }), false);
      expect(said?.code, state).toBe('signed-out');
      expect(said?.message, state).toMatch(/app\.solvexia\.com/);
    }
  });

  it('says that a pasted token is over once SolveXia refuses it, and before that it may be', () => {
    const pasted = account({ method: 'token' });
    const refused = standing({ ...pasted, state: 'expired' }, false);
    expect(refused?.message).toMatch(/^The access token has expired.*watching is paused/);
    const late = standing(pasted, true);
    expect(late?.code).toBe('signed-out');
    expect(late?.message).toMatch(/^The access token may have expired/);
    expect(late?.message).not.toMatch(/paused/);
  });
});

it('promises the end of a watched run only once its account can ask', () => {
  const of = (state: AccountState) => toldWords(account({ state }));
  expect(of('ready')).toBe('You will be told how it ends');
  expect(of('locked')).toBe('You will be told how it ends once the keychain is unlocked');
  expect(of('expired')).toBe('You will be told how it ends once you sign in again');
});

describe('a pasted token’s countdown', () => {
  const pasted = account({ method: 'token', tokenExpiresAt: 600_000 });

  it('counts down to nothing', () => {
    expect(tokenLeft(pasted, 168_000)).toBe(432);
    expect(tokenLeft(pasted, 601_000)).toBe(-1);
    // The page's clock may be a little behind.
    expect(tokenLeft(pasted, -400)).toBe(600);
  });

  it('is not there for what renews itself, nor once the sign-in is over', () => {
    expect(tokenLeft(account(), 0)).toBeNull();
    expect(tokenLeft({ ...pasted, state: 'expired' }, 0)).toBeNull();
    expect(tokenLeft(null, 0)).toBeNull();
  });

  it('warns in the last two minutes alone', () => {
    expect([121, 120, 119, 1, 0, -5, null].map(endsSoon)).toEqual([
      false,
      false,
      true,
      true,
      false,
      false,
      false,
    ]);
  });
});

describe('rights', () => {
  const of = (scopes: string[] | null, readOnly: string | null = null) =>
    rights(account({ scopes, readOnly }));

  it('are not claimed where SolveXia never said', () => {
    expect(of(null)).toBeNull();
  });

  it('name what Runwatch needs first, held or not', () => {
    const list = of(['log_read', 'process_read'], 'It lacks process_execute.');
    expect(list?.map(({ scope, has }) => [scope, has])).toEqual([
      ['process_read', true],
      ['process_execute', false],
      ['log_read', true],
    ]);
  });

  it('take the backend’s word for whether it may act', () => {
    expect(of(['process_read'])?.[1]?.has).toBe(true);
  });

  it('show a scope that nobody knows by its name', () => {
    expect(of(['report_read'])?.at(-1)).toEqual({
      scope: 'report_read',
      words: 'Something Runwatch does not know about',
      has: true,
    });
  });
});

it('says where the secret is, and why not in the keychain', () => {
  expect(keepingWords(account())).toMatch(/in this computer’s keychain/);
  const reason = 'No keychain answered.';
  expect(keepingWords(account({ keeping: 'session-only', keepingReason: reason }))).toBe(reason);
  expect(keepingWords(account({ keeping: 'deleted' }))).toMatch(/Its secret is no longer kept/);
  // The keychain failed: whether it holds one, nobody knows.
  for (const keeping of ['left', 'unread'] as const) {
    const words = keepingWords(account({ state: 'signed-out', keeping }));
    expect(words).not.toMatch(/is kept/);
    expect(words).toMatch(/keychain/);
  }
});

it('has a word of its own for every state of an account', () => {
  expect(new Set(Object.values(STATES)).size).toBe(Object.keys(STATES).length);
});
