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

/** For so long the window waits for what there is to show: drawn once instead of twice, it is there sooner (ms). */
const MOST = 150;

const target = document.getElementById('app');
if (target) {
  const app = new App(await chooseHost());
  await Promise.race([app.begin(), new Promise((done) => setTimeout(done, MOST))]);
  mount(Root, { target, props: { app } });
}
