/** For tests: a sign-in form that is filled in. */
import { vi } from 'vitest';
import type { Host } from '../host/host';
import { Ask } from './ask.svelte';
import { SignIn } from './sign-in.svelte';
import { hostOf } from './testing';

export function form(connect: Host['connect'], over: Partial<Host> = {}) {
  const ask = new Ask();
  const connected = vi.fn();
  const signIn = new SignIn(hostOf({ connect, ...over }), ask, connected);
  signIn.setUsualPort(38417);
  signIn.choose('client');
  signIn.environment = ' app ';
  signIn.clientId = 'desk';
  signIn.clientSecret = 'secret';
  return { ask, connected, signIn };
}
