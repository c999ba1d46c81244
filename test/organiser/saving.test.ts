/** A download that says how far it is: the hub's reading first, then the bytes; what is broken off leaves nothing, a refusal keeps its code. */
import { describe, expect, test } from 'vitest';
import { exportPath } from '../../kiosk/organiser/downloads.ts';
import { fetchFile, type Progress, type SavingPlace } from '../../kiosk/organiser/saving.ts';
import { exportIdHeader } from '../../shared/api.ts';
import { TABLE_KEYS } from '../../shared/report/table.ts';

const range = { from: '2026-11-24', to: null };

/** A hub whose file comes when it is let go; `ask` runs what the page does every so often. */
const stage = (file: () => Response) => {
  let letGo: () => void = () => undefined;
  const held = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  let tick: (() => void) | null = null;
  const named: (string | null)[] = [];
  const place: SavingPlace = {
    newId: () => 'export-of-this-test',
    every: (_ms, run) => {
      tick = run;
      return () => {
        tick = null;
      };
    },
    fetch: async (input, init) => {
      if (String(input).endsWith('/exports/export-of-this-test')) return Response.json({ position: 30, of: 120 });
      named.push(new Headers(init?.headers).get(exportIdHeader));
      await Promise.race([held, new Promise((_, reject) => init?.signal?.addEventListener('abort', () => reject(new DOMException('', 'AbortError'))))]);
      return file();
    },
  };
  return { place, letGo: () => letGo(), ask: () => tick?.(), quiet: () => tick === null, named };
};

describe('fetchFile', () => {
  test('tells how far the hub has read, then how much has come, and hands over the file under its name', async () => {
    const told: Progress[] = [];
    const { place, letGo, ask, quiet, named } = stage(() => new Response(new Uint8Array(3_000), { headers: { 'content-disposition': 'attachment; filename="show_v1.xlsx"' } }));
    const saving = fetchFile(place, '/file', (p) => told.push(p), new AbortController().signal);
    ask();
    await expect.poll(() => told, { timeout: 20_000 }).toContainEqual({ step: 'counting', share: 0.25 });
    letGo();
    const saved = await saving;
    expect(saved).toMatchObject({ ok: true, value: { name: 'show_v1.xlsx' } });
    expect([saved?.ok && saved.value.blob.size, told[0], told.at(-1)]).toEqual([3_000, { step: 'counting', share: null }, { step: 'receiving', bytes: 3_000 }]);
    expect([quiet(), named]).toEqual([true, ['export-of-this-test']]);
  });

  test('broken off it answers nothing; a refusal keeps its code and its wait; a line that breaks is told', async () => {
    const stopped = stage(() => new Response());
    const stop = new AbortController();
    const saving = fetchFile(stopped.place, '/file', () => undefined, stop.signal);
    stop.abort();
    expect([await saving, stopped.quiet()]).toEqual([null, true]);
    const busy = stage(() => Response.json({ code: 'busy' }, { status: 503, headers: { 'retry-after': '5' } }));
    busy.letGo();
    expect(await fetchFile(busy.place, '/file', () => undefined, new AbortController().signal)).toMatchObject({ ok: false, code: 'busy', retryAfterMs: 5_000 });
    const cut = stage(() => new Response(new ReadableStream({ start: (c) => c.error(new Error('cut')) })));
    cut.letGo();
    expect(await fetchFile(cut.place, '/file', () => undefined, new AbortController().signal)).toMatchObject({ ok: false, code: 'unreachable' });
  });
});

describe('exportPath', () => {
  test('asks for what was chosen and nothing else', () => {
    const of = (more: Partial<Parameters<typeof exportPath>[1]>) => exportPath('show', { format: 'xlsx', lang: 'en', range, tables: TABLE_KEYS, raw: false, ...more });
    expect(of({})).toBe('/api/v1/showcases/show/attendance?from=2026-11-24&format=xlsx&lang=en&raw=off');
    expect(of({ format: 'zip', tables: ['day', 'link'], raw: true })).toBe('/api/v1/showcases/show/attendance?from=2026-11-24&format=zip&tables=day%2Clink&raw=on');
    expect(of({ format: 'json', tables: ['hour'] })).toBe('/api/v1/showcases/show/attendance?from=2026-11-24&format=json&lang=en&tables=hour');
    const look = exportPath('show', { format: 'json', lang: 'en', range, tables: ['hour'], raw: false }, 12);
    expect(look).toBe('/api/v1/showcases/show/attendance?from=2026-11-24&format=json&lang=en&tables=hour&rows=12');
    expect(of({ format: 'statement', tables: [] })).toBe('/api/v1/showcases/show/statement?from=2026-11-24');
  });
});
