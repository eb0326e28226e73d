import { describe, expect, it, vi } from 'vitest';
import type { HopView, NetworkView } from '../generated/contract';
import type { Host } from '../host/host';
import { Connection } from './connection.svelte';
import { account, failure, hostOf, settle } from './testing';

const NETWORK: NetworkView = {
  proxy: 'manual',
  proxyAddress: 'proxy.firm.example:8080',
  proxyUser: 'desk',
  hasProxyPassword: true,
  extraCa: '',
};

const HOP: HopView = { kind: 'name', state: 'failed', words: 'There is no app.solvexia.com.' };

async function shown(over: Partial<Host> = {}, of: 'account' | 'nobody' = 'account') {
  const setNetwork = vi.fn<Host['setNetwork']>(async ({ proxyPassword, ...view }) => ({
    ...view,
    hasProxyPassword: proxyPassword !== null,
  }));
  const checkConnection = vi.fn<Host['checkConnection']>(async () => [HOP]);
  const way = new Connection(
    hostOf({ getNetwork: async () => NETWORK, setNetwork, checkConnection, ...over }),
  );
  await way.show(of === 'account' ? account() : null);
  return { way, setNetwork, checkConnection };
}

describe('the settings', () => {
  it('show what is kept, and never a password', async () => {
    const { way } = await shown();
    expect(way.address).toBe('proxy.firm.example:8080');
    expect(way.password).toBe('');
    expect(way.keepsPassword).toBe(true);
    expect(way.changed).toBe(false);
  });

  it('keep the password only while the user is the same', async () => {
    const { way } = await shown();
    way.user = 'another';
    expect(way.keepsPassword).toBe(false);
  });

  it('send no password where none was typed, and nothing of a proxy that is not used', async () => {
    const { way, setNetwork } = await shown();
    way.extraCa = ' /etc/firm.pem ';
    await way.save();
    expect(setNetwork.mock.calls[0]?.[0]).toMatchObject({
      proxyPassword: null,
      extraCa: '/etc/firm.pem',
    });
    way.password = 'typed';
    way.proxy = 'system';
    await way.save();
    expect(setNetwork.mock.calls[1]?.[0]).toMatchObject({
      proxy: 'system',
      proxyAddress: '',
      proxyUser: '',
      proxyPassword: null,
    });
  });

  it('rule 19: clear the password as soon as it is sent, before any answer', async () => {
    const setNetwork = vi.fn<Host['setNetwork']>(() => new Promise<never>(() => undefined));
    const { way } = await shown({ setNetwork });
    way.password = 'secret';
    void way.save();
    expect(setNetwork.mock.calls[0]?.[0].proxyPassword).toBe('secret');
    expect(way.password).toBe('');
  });

  it('ask for the password again where it was sent and not taken', async () => {
    const { way } = await shown({ setNetwork: () => Promise.reject(failure('bad-id')) });
    way.password = 'secret';
    way.address = 'nonsense';
    expect(await way.save()).toBe(false);
    expect(way.spent).toBe(true);
    expect(way.address).toBe('nonsense');
    expect(way.error?.code).toBe('bad-id');
  });

  it('forget a typed password when they are closed', async () => {
    const { way } = await shown();
    way.password = 'secret';
    way.close();
    expect(way.password).toBe('');
  });
});

describe('the check', () => {
  it('is of the account', async () => {
    const { way, checkConnection } = await shown();
    await way.check();
    expect(checkConnection).toHaveBeenCalledWith('a', null);
    expect(way.hops).toEqual([HOP]);
  });

  it('is of what is typed where nobody has signed in, and of nothing where that is empty', async () => {
    const { way, checkConnection } = await shown({}, 'nobody');
    await way.check();
    expect(checkConnection).not.toHaveBeenCalled();
    await way.show(null, ' app ');
    expect(way.target?.words).toBe('app.solvexia.com');
    await way.check();
    expect(checkConnection).toHaveBeenCalledWith(null, 'app');
  });

  it('is of the settings as they are seen: what was changed is saved first', async () => {
    const { way, setNetwork, checkConnection } = await shown();
    way.proxy = 'direct';
    await way.check();
    expect(setNetwork).toHaveBeenCalledTimes(1);
    expect(checkConnection).toHaveBeenCalledTimes(1);
    await way.check();
    expect(setNetwork).toHaveBeenCalledTimes(1);
  });

  it('is not made with settings that were not taken', async () => {
    const setNetwork = () => Promise.reject(failure('bad-id'));
    const { way, checkConnection } = await shown({ setNetwork });
    way.extraCa = 'nowhere';
    await way.check();
    expect(checkConnection).not.toHaveBeenCalled();
  });

  it('is not shown where it was closed meanwhile', async () => {
    let answer!: (hops: HopView[]) => void;
    const checkConnection = () => new Promise<HopView[]>((done) => (answer = done));
    const { way } = await shown({ checkConnection });
    void way.check();
    await settle();
    expect(way.checking).toBe(true);
    way.close();
    await way.show(account());
    answer([HOP]);
    await settle();
    expect(way.hops).toBeNull();
    expect(way.checking).toBe(false);
  });

  it('can be copied as text', async () => {
    const { way } = await shown();
    await way.check();
    expect(way.report).toBe(
      'Runwatch’s check of the connection to app.solvexia.com\nName: Failed. There is no app.solvexia.com.',
    );
  });
});
