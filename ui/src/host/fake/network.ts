/** Proxy, certificates, the check of the way, and the report for support, of the fake host. */
import type { HopView, NetworkView } from '../../generated/contract';
import type { Host } from '../host';
import { error } from './errors';
import { wait, type Has } from './scenario';
import type { Playback } from './playback';

type Part = Pick<
  Host,
  'getNetwork' | 'setNetwork' | 'chooseCertificateFile' | 'checkConnection' | 'diagnostics'
>;

export function network(playback: Playback, has: Has): Part {
  let view: NetworkView = {
    proxy: has('proxy') ? 'manual' : 'system',
    proxyAddress: has('proxy') ? 'proxy.firm.example:8080' : '',
    proxyUser: has('proxy') ? 'month-end' : '',
    hasProxyPassword: has('proxy'),
    extraCa: '',
  };
  return {
    getNetwork: async () => {
      await wait(120);
      return view;
    },
    setNetwork: async ({ proxyPassword, ...change }) => {
      await wait(400);
      if (change.proxy === 'manual' && !/^[\w.:/-]+$/.test(change.proxyAddress)) {
        throw error('bad-id', 'Type the proxy’s address, such as proxy.firm.example:8080.');
      }
      if (change.extraCa !== '' && !change.extraCa.endsWith('.pem')) {
        throw error('bad-id', `The file ${change.extraCa} holds no certificate in PEM form.`);
      }
      const kept = view.hasProxyPassword && view.proxyUser === change.proxyUser;
      view = { ...change, hasProxyPassword: proxyPassword !== null || kept };
      return view;
    },
    chooseCertificateFile: async () => {
      await wait(120);
      return '/etc/ssl/firm-web-gateway.pem';
    },
    checkConnection: async (accountId, environment) => {
      await wait(1500);
      const account = accountId === null ? null : playback.account(accountId);
      const host = (account?.origin ?? environment ?? '').replace(/^https?:\/\//, '');
      return has('no-way') ? noWay(host) : way(host, account !== null, view);
    },
    diagnostics: async () => {
      await wait(200);
      return report(playback);
    },
  };
}

function way(host: string, signedIn: boolean, view: NetworkView): HopView[] {
  const through = view.proxy === 'manual';
  return [
    { kind: 'name', state: 'good', words: `Found ${host}.` },
    {
      kind: 'proxy',
      state: through ? 'good' : 'skipped',
      words: through ? `Through ${view.proxyAddress}.` : 'No proxy is set.',
    },
    { kind: 'tls', state: 'good', words: 'Secure, and the certificate is trusted.' },
    { kind: 'http', state: 'good', words: 'SolveXia’s API answered.' },
    {
      kind: 'sign-in',
      state: signedIn ? 'good' : 'skipped',
      words: signedIn ? 'SolveXia accepted the sign-in.' : 'Nobody has signed in yet.',
    },
  ];
}

function noWay(host: string): HopView[] {
  const skipped = 'Not tried, because the step before it failed.';
  return [
    { kind: 'name', state: 'good', words: `Found ${host}.` },
    { kind: 'proxy', state: 'skipped', words: 'No proxy is set.' },
    {
      kind: 'tls',
      state: 'failed',
      words:
        'This computer does not trust the certificate, issued by “Firm Web Gateway CA”: often a firm’s security software. Ask IT for its certificate file and set it here.',
    },
    { kind: 'http', state: 'skipped', words: skipped },
    { kind: 'sign-in', state: 'skipped', words: skipped },
  ];
}

function report(playback: Playback): string {
  const accounts = playback.accounts.map(
    (account) => `  ${account.method}, ${account.state}, secret in ${account.keeping}`,
  );
  const lines = Array.from({ length: 40 }, (_, n) => {
    const second = String(n).padStart(2, '0');
    return `2026-11-30T09:14:${second}Z INFO engine: 7 runs watched, 2 running, next read in 5 s`;
  });
  return [
    'Runwatch 0.1.0, sample data in a browser',
    `Accounts: ${playback.accounts.length}`,
    ...accounts,
    `Runs in the list: ${playback.runs.length}`,
    'Proxy: the system’s',
    'Log, latest lines:',
    ...lines,
  ].join('\n');
}
