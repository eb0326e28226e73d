import { expect, it, vi } from 'vitest';
import { App } from '../../state/app.svelte';
import { hostOf, row, settle, snapshot } from '../../state/testing';
import { SHORTCUTS, shortcut } from './shortcuts';

const QUIET = [
  'getLaunchAtLogin',
  'getListSettings',
  'subscribe',
  'snapshot',
  'showRun',
  'runDetail',
  'getRun',
  'getRunSteps',
];

/** Where nothing is being typed and no dialog is open; the focus is in the list, or beside it. */
function press(app: App, key: string, over: Partial<KeyboardEvent> = {}, inList = true) {
  const target = { closest: () => (inList ? {} : null) } as unknown as EventTarget;
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
  press(app, 'a', {}, false);
  expect(app.panel).toBeNull();
  press(app, 'a');
  expect(app.panel).toBe('activity');
});

it('the undo key takes back the newest thing, and only while there is one', async () => {
  const { app } = await opened();
  const preventDefault = vi.fn();
  press(app, 'z', { ctrlKey: true, preventDefault }, false);
  expect(preventDefault).not.toHaveBeenCalled();
  const undone = vi.fn(async () => undefined);
  app.undo.offer('Archived.', undone);
  press(app, 'z', { ctrlKey: true, preventDefault }, false);
  expect(undone).toHaveBeenCalledTimes(1);
  expect(preventDefault).toHaveBeenCalledTimes(1);
});

it('the sheet names no single letter that would act anywhere', () => {
  const letters = SHORTCUTS.filter(({ keys }) => keys.some((key) => /^[A-Z]$/.test(key)));
  for (const { words } of letters) expect(words).toMatch(/in the list$/);
});
