/** What people read on the way to SolveXia: proxy, certificates, the check of each part. Pure functions. */
import type { HopKind, HopState, ProxyUse } from '../generated/contract';
import { SIGN_IN_FORM } from './sign-in';

export const PROXY = {
  title: 'Proxy',
  address: 'Address',
  addressPlaceholder: 'proxy.firm.example:8080',
  user: 'User',
  password: 'Password',
  none: 'None',
  typeAgain: 'Type the password again.',
  notKept: SIGN_IN_FORM.notKept,
  kept: 'A password is kept.',
  keptHint: 'Leave the field empty to go on using it.',
  hint: 'The password goes into this computer’s keychain, or is remembered until you quit where there is none.',
  unsupported: 'Proxies that ask for a Windows sign-in (NTLM or Kerberos) are not supported.',
};

export const PROXY_USES: Record<ProxyUse, { title: string; words: string }> = {
  system: {
    title: 'As this computer is set',
    words: 'On Windows and macOS by its set-up script (PAC), if it has one',
  },
  direct: { title: 'No proxy', words: 'Whatever this computer is set to' },
  manual: { title: 'This proxy', words: 'Ask your IT for its address' },
};

export const CERTIFICATE = {
  label: 'Extra certificate file',
  none: 'None',
  choose: 'Choose file…',
  hint: 'The path of a PEM file from your IT, where a firm’s security software opens secure connections. It is trusted in addition to this computer’s own certificates.',
};

export const CHECK = {
  title: 'Check',
  saveFirst: 'Save and check connection',
  noTarget: 'Type your environment into the sign-in form first.',
  hint: (target: string) => `Tries the way to ${target} and says where it ends.`,
  checking: 'checking…',
  copy: 'Copy the result',
  report: (target: string | undefined) =>
    `Runwatch’s check of the connection to ${target ?? 'SolveXia'}`,
};

export const HOP_TITLES: Record<HopKind, string> = {
  name: 'Name',
  proxy: 'Proxy',
  tls: 'Secure connection',
  http: 'SolveXia’s API',
  'sign-in': 'Sign-in',
};

export const HOP_WORDS: Record<HopState, string> = {
  good: 'Good',
  failed: 'Failed',
  skipped: 'Skipped',
};
