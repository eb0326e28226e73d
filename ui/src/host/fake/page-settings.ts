/** Zoom and keys that last as long as the page; a browser has a zoom of its own. */
import { USUAL } from '../../state/page-settings.svelte';
import type { Host } from '../host';

export function pageSettings(): Pick<Host, 'getPageSettings' | 'setPageSettings'> {
  let now = USUAL;
  return {
    getPageSettings: async () => now,
    setPageSettings: async (settings) => (now = settings),
  };
}
