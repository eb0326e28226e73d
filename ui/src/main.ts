import { mount } from 'svelte';
import Root from './Root.svelte';
import type { Host } from './host/host';
import { tauriHost } from './host/tauri';
import { App } from './state/app.svelte';
import './styles/tokens.css';
import './styles/base.css';
import './styles/controls.css';

/** The real host inside the app's window; anywhere else a fake one, loaded only then. */
async function chooseHost(): Promise<Host> {
  if ('__TAURI_INTERNALS__' in window) return tauriHost;
  const { fakeHost, fromAddress } = await import('./host/fake');
  return fakeHost(fromAddress(window.location.search));
}

const target = document.getElementById('app');
if (target) mount(Root, { target, props: { app: new App(await chooseHost()) } });
