import { expect, it, vi } from 'vitest';
import { App } from '../../state/app.svelte';
import { hostOf, row, settle, snapshot } from '../../state/testing';
import { SHORTCUTS, shortcut } from './shortcuts';

const QUIET = [
  'getLaunchAtLogin',
  'getListSettings',
  'getPageSettings',
  'subscribe',
  'snapshot',
  'showRun',
  'runDetail',
  'getRun',
  'getRunSteps',
];

const LIST = '[role="grid"]';
const PANEL = 'aside';

/** Where nothing is being typed and no dialog is open; the focus is in the list, or at another place. */
function press(app: App, key: string, over: Partial<KeyboardEvent> = {}, place = LIST) {
  const closest = (what: string) => (what === place ? {} : null);
  const target = { closest } as unknown as EventTarget;
  const event = { key, target, preventDefault: vi.fn(), ...over } as unknown as KeyboardEvent;
  shortcut(app, event);
}

async function opened(watched = true) {
  vi.stubGlobal('document', { querySelector: () => null });
  vi.stubGlobal('HTMLInputElement', vi.fn());
  vi.stubGlobal('HTMLTextAreaElement', vi.fn());
  const calls: string[] = [];
  const host = hostOf({ snapshot: async () => snapshot({ runs: [row({ watched })] }) });
  const app = new App(
    new Proxy(host, {
      get: (target, name) => {
        if (!QUIET.includes(String(name))) calls.push(String(name));
        return Reflect.get(target, name) as unknown;
      },
    }),
  );
  await app.begin();
  await settle();
  return { app, calls };
}

it('a single letter changes nothing (docs/RULES.md, 25)', async () => {
  const { app, calls } = await opened();
  for (const key of 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ') {
    press(app, key);
    await settle();
    app.closePanel();
  }
  expect(calls).toEqual([]);
});

it('letters open something only while the list has the focus', async () => {
  const { app } = await opened();
  press(app, 'a', {}, 'header');
  expect(app.panel).toBeNull();
  press(app, 'a');
  expect(app.panel).toBe('activity');
});

it('the undo key takes back the newest thing, and only while there is one', async () => {
  const { app } = await opened();
  const preventDefault = vi.fn();
  press(app, 'z', { ctrlKey: true, preventDefault }, 'header');
  expect(preventDefault).not.toHaveBeenCalled();
  const undone = vi.fn(async () => undefined);
  app.undo.offer('Archived.', undone);
  press(app, 'z', { ctrlKey: true, preventDefault }, 'header');
  expect(undone).toHaveBeenCalledTimes(1);
  expect(preventDefault).toHaveBeenCalledTimes(1);
});

it('the list says of each single letter or sign that it is one', () => {
  const single = SHORTCUTS.filter(({ keys }) => keys.some((key) => /^[A-Z/?]$/.test(key)));
  expect(single.map(({ isLetter }) => isLetter)).toEqual(single.map(() => true));
});

it('a letter closes what it opened, from the list and from inside, where it does nothing else', async () => {
  const { app } = await opened();
  for (const place of [LIST, PANEL]) {
    press(app, 'i');
    expect(app.panel).toBe('inbox');
    for (const other of ['a', '/', '?']) press(app, other, {}, PANEL);
    expect(app.panel).toBe('inbox');
    press(app, 'i', {}, place);
    expect(app.panel).toBeNull();
  }
});

it('letters and signs do nothing once they are switched off, and chords go on', async () => {
  const { app } = await opened();
  app.pageChoices.now = { letters: false, zoom: 100 };
  for (const key of ['i', 'a', '/', '?']) press(app, key);
  expect(app.panel).toBeNull();
  expect(app.settings.section).toBeNull();
  press(app, 'k', { ctrlKey: true });
  expect(app.palette.isOpen).toBe(true);
});

it('keys do nothing beneath a menu or a dialog, but for the zoom', async () => {
  const { app } = await opened();
  vi.stubGlobal('document', { querySelector: () => ({}) });
  const zoom = vi.spyOn(app.pageChoices, 'zoom').mockImplementation(() => undefined);
  for (const key of ['k', 'n', 'f', ',', '+']) press(app, key, { ctrlKey: true });
  expect(app.palette.isOpen).toBe(false);
  expect(app.settings.section).toBeNull();
  expect(zoom).toHaveBeenCalledTimes(1);
});
