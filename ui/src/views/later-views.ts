/** What no window begins with: it comes in a file of its own. */
export { default as ClosePane } from './close/ClosePane.svelte';
export { default as Dialogs } from './Dialogs.svelte';
