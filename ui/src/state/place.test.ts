import { expect, it } from 'vitest';
import { placeOf } from './place';
import { account, opened, row, RUN, settle } from './testing';

const runs = [row(), row({ runId: 'pr-2', status: 'Running' })];

it('a page that had to be made anew is where the one before was', async () => {
  const { app } = await opened({ runs });
  app.views.choose('done');
  app.views.search = 'payroll';
  app.list.text = 'pr-47';
  app.openPanel('inbox');
  app.settings.show('about');
  app.inFront = 'run';
  const next = (await opened({ runs, openRun: RUN, place: placeOf(app) })).app;
  expect(next.open.ref?.runId).toBe(RUN.runId);
  expect(placeOf(next)).toBe(placeOf(app));
});

it('so is the board of a close', async () => {
  const { app } = await opened({ runs }, { listPlans: async () => [] });
  app.closes.show({ planId: 'p', periodLast: '2026-11-30' });
  await settle();
  const kept = placeOf(app);
  const next = (await opened({ runs, place: kept }, { listPlans: async () => [] })).app;
  expect(next.closes.inSight).toBe(true);
});

it('a form that is half filled in comes back without its secrets', async () => {
  for (const accounts of [[], [account({ state: 'signed-out' })]]) {
    const { app } = await opened({ accounts });
    app.entrance.showSignIn();
    Object.assign(app.signIn, {
      environment: 'https://app.solvexia.com',
      method: 'client',
      clientId: 'desk',
      clientSecret: 'hunter2',
      accessToken: 'hunter3',
    });
    const kept = placeOf(app);
    expect(kept).not.toContain('hunter');
    const next = (await opened({ accounts, place: kept })).app;
    expect(next.page).toBe('sign-in');
    expect(next.signIn.environment).toBe('https://app.solvexia.com');
    expect(next.signIn.clientId).toBe('desk');
    expect(next.signIn.clientSecret).toBe('');
  }
});
