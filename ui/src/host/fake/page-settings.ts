/** Zoom and keys that last as long as the page; a browser has a zoom of its own. */
import { usualPageSettings } from '../../generated/contract';
import type { Host } from '../host';

export function pageSettings(): Pick<Host, 'getPageSettings' | 'setPageSettings'> {
  let now = usualPageSettings;
  return {
    getPageSettings: async () => now,
    setPageSettings: async (settings) => (now = settings),
  };
}
