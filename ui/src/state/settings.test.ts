import { describe, expect, it, vi } from 'vitest';
import { AS_INSTALLED } from '../host/fake/notifications';
import type { NetworkView } from '../generated/contract';
import { later, opened } from './testing';

const LIMITS = { shortestSeconds: 5, longestMinutes: 5 };
const NETWORK: NetworkView = {
  proxy: 'manual',
  proxyAddress: 'proxy:8080',
  proxyUser: '',
  hasProxyPassword: false,
  extraCa: '',
};

async function shown() {
  const all = await opened(
    {},
    {
      getPollLimits: async () => LIMITS,
      setPollLimits: async (limits) => limits,
      getNotifications: async () => AS_INSTALLED,
      getNetwork: async () => NETWORK,
    },
  );
  all.app.settings.show('poll-limits');
  await vi.waitFor(() => expect(all.app.pollLimits.kept).not.toBeNull());
  return all;
}

describe('the settings', () => {
  it('close at once where nothing was changed, or all of it was saved', async () => {
    const { app } = await shown();
    app.pollLimits.shortest = '7';
    await app.pollLimits.save();
    app.settings.close();
    expect(app.settings.section).toBeNull();
    expect(app.ask.question).toBeNull();
  });

  it('keep what was typed while another section is looked at', async () => {
    const { app } = await shown();
    app.pollLimits.shortest = '7';
    app.settings.show('about');
    expect(app.settings.isUnsaved('poll-limits')).toBe(true);
    app.settings.show('poll-limits');
    expect(app.pollLimits.shortest).toBe('7');
  });

  it('ask before what was changed is lost, name where it is, and stay where the answer is no', async () => {
    const { app } = await shown();
    app.pollLimits.shortest = '7';
    app.settings.show('about');
    app.settings.close();
    expect(app.ask.question?.facts.map(({ value }) => value)).toEqual([
      'How often SolveXia is asked',
    ]);
    app.ask.dismiss();
    expect(app.settings.section).toBe('about');
    expect(app.pollLimits.shortest).toBe('7');
    const then = vi.fn();
    app.settings.close(then);
    expect(then).not.toHaveBeenCalled();
    await app.ask.confirm();
    expect(app.settings.section).toBeNull();
    expect(app.pollLimits.open).toBe(false);
    expect(then).toHaveBeenCalledTimes(1);
  });

  it('rule 19: forget a typed password when they are closed, from whichever section', async () => {
    const { app } = await shown();
    app.settings.show('connection');
    await vi.waitFor(() => expect(app.connection.kept).not.toBeNull());
    app.connection.password = 'secret';
    app.settings.show('about');
    app.settings.close();
    await app.ask.confirm();
    expect(app.connection.password).toBe('');
  });

  it('check the environment that is typed into the sign-in form, else the account in sight', async () => {
    const { app } = await shown();
    app.settings.show('connection');
    expect(app.connection.target?.accountId).toBe('a');
    app.settings.close();
    app.entrance.addAccount();
    app.signIn.environment = 'sandbox';
    app.settings.show('connection');
    expect(app.connection.target).toMatchObject({ accountId: null, environment: 'sandbox' });
  });
});

describe('the certificate’s file', () => {
  it('is what was chosen; what was typed meanwhile stays (rule 28)', async () => {
    const slow = later<string | null>();
    const { app } = await opened(
      {},
      { getNetwork: async () => NETWORK, chooseCertificateFile: () => slow.promise },
    );
    await app.connection.show(null);
    const choosing = app.connection.chooseFile();
    app.connection.extraCa = '/typed.pem';
    slow.answer('/chosen.pem');
    await choosing;
    expect(app.connection.extraCa).toBe('/typed.pem');
    await app.connection.chooseFile();
    expect(app.connection.extraCa).toBe('/chosen.pem');
  });

  it('stays as it was where the dialog is left without one', async () => {
    const { app } = await opened(
      {},
      {
        getNetwork: async () => ({ ...NETWORK, extraCa: '/kept.pem' }),
        chooseCertificateFile: async () => null,
      },
    );
    await app.connection.show(null);
    await app.connection.chooseFile();
    expect(app.connection.extraCa).toBe('/kept.pem');
  });
});
