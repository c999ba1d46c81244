/** How each screen is reached, by the same buttons that a visitor presses. */
import type { Page } from 'playwright';
import type { Lang } from '../../shared/words.ts';
import type { SheetHub } from './hub.ts';

type Shape = 'portrait' | 'landscape' | 'phone';
export type Stand = { hub: SheetHub; theme: 'night' | 'day'; lang: Lang; shown: Shape };
export type Shot = {
  name: string;
  page: 'kiosk' | 'desk';
  /** in place of an orientation; null: not taken in it */
  shapes?: Partial<Record<'portrait' | 'landscape', Shape | null>>;
  themes?: readonly Stand['theme'][];
  show(page: Page, stand: Stand): Promise<void>;
  /** the same screen in another language, where that takes no new beginning */
  again?(page: Page, stand: Stand): Promise<void>;
  /** what is really in the picture, where that may differ from what was asked for */
  caption?(page: Page): Promise<string>;
  /** takes back what would spoil the next screen */
  leave?(page: Page, stand: Stand): Promise<void>;
};

const pressMsMax = 40_000;
const stillMs = 900;
/** a quiet line, then time for the last pictures to be drawn */
const settle = async (page: Page, ms = stillMs): Promise<void> => {
  await page.waitForLoadState('networkidle', { timeout: 5_000 }).catch(() => undefined); // something keeps asking: it is taken as it is
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  await page.waitForTimeout(ms);
};
const press = (page: Page, selector: string): Promise<void> => page.locator(selector).first().click({ timeout: pressMsMax });

/** The resting screen in a theme, as after a reload. */
const rest = async (page: Page, { hub, theme }: Stand): Promise<void> => {
  await page.evaluate((t) => localStorage.setItem('harbourlight.theme', t), theme);
  await page.goto(`${hub.origin}/`);
  await page.waitForSelector('.start', { timeout: 90_000 });
};
const start = async (page: Page, stand: Stand): Promise<void> => {
  await rest(page, stand);
  await press(page, `.start[lang="${stand.lang}"]`);
};
const shift = (page: Page, ms: number): Promise<void> =>
  page.evaluate((by) => {
    (window as unknown as { shiftMs: number }).shiftMs += by;
  }, ms);
const map = (page: Page): Promise<void> => press(page, '.to-map');
const openModel = async (page: Page): Promise<void> => {
  await press(page, '.tile.area-mobility');
  await press(page, '.walk-acts .primary');
};
const openSculpture = async (page: Page): Promise<void> => {
  await press(page, '.tile.area-economy');
  await press(page, '.walk-acts .primary');
};

const openCode = async (page: Page): Promise<void> => {
  await openModel(page);
  await press(page, '.project-acts .primary');
};
const openList = (page: Page): Promise<void> => press(page, '.to-list');
const openCollection = async (page: Page): Promise<void> => {
  await openModel(page);
  await press(page, '.save');
  await map(page);
  await openSculpture(page);
  await press(page, '.save');
  await map(page);
  await press(page, '.hill-keep .btn:nth-child(1)');
};
const openQuiz = (page: Page): Promise<void> => press(page, '.hill-keep .btn:nth-child(2)');
const openVote = async (page: Page): Promise<void> => {
  await openModel(page);
  await page.waitForTimeout(3_500);
  await map(page);
  await press(page, '.hill-keep .btn:nth-child(3)');
};

const kiosk = (name: string, show: Shot['show'], ms?: number): Shot => ({
  name,
  page: 'kiosk',
  show: async (page, stand) => {
    await show(page, stand);
    await settle(page, ms);
  },
});
const begun = (name: string, show: (page: Page, stand: Stand) => Promise<void>, ms?: number): Shot => ({
  ...kiosk(
    name,
    async (page, stand) => {
      await start(page, stand);
      await show(page, stand);
    },
    ms,
  ),
  again: async (page, { lang }) => {
    await press(page, `.languages [lang="${lang}"]`);
    await settle(page);
  },
});
/** A screen below a dialog: the language is chosen first. */
const covered = (...args: Parameters<typeof begun>): Shot => {
  const { again: _, ...shot } = begun(...args);
  return shot;
};
/** A mode of the accessibility sheet, by its place in it. */
const choose = async (page: Page, ...toggles: number[]): Promise<void> => {
  await press(page, '.bar-button[aria-haspopup="dialog"]');
  for (const k of toggles) await press(page, `.toggles .toggle:nth-child(${k})`);
  await press(page, '.toggles .primary');
};
const toggles = { large: 2, contrast: 4, low: 5 };
const cornerHoldMs = 5_500;
const openCorner = async (page: Page): Promise<void> => {
  const { width, height } = page.viewportSize() ?? { width: 0, height: 0 };
  await page.mouse.move(width - 4, height - 4);
  await page.mouse.down();
  await page.waitForTimeout(cornerHoldMs);
  await page.mouse.up();
  await page.waitForSelector('.staff-acts', { timeout: pressMsMax });
};
const headlineMs = 8_000;
const turnsMax = 18;
/** The resting screen at its scene number `k` in the language asked for. The page's clock then stands, and the scene with it. */
const scene =
  (label: string, k: number): Shot['show'] =>
  async (page, stand) => {
    await rest(page, stand);
    await page.waitForSelector('.count-big, .count-line');
    const words = `.attract-words[lang="${stand.lang}"]`;
    const wanted = { title: k === 0 ? `${words} .attract-title:not(.scene-title)` : `${words} .scene-title`, label: label || '.scene-label', labels: label === '' ? 0 : 1 };
    for (let t = 0; t < turnsMax; t++) {
      const isShown = await page.evaluate(({ title, label: of, labels }) => {
        if (document.querySelector(title) === null || document.querySelectorAll(of).length !== labels) return false;
        (window as unknown as { heldMs: number }).heldMs = Date.now();
        return true;
      }, wanted);
      if (isShown) return;
      await shift(page, headlineMs);
      await page.waitForTimeout(stillMs);
    }
    throw new Error('the scene did not come');
  };
/** The scene that stands there, by its own words. */
const sceneCaption = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const label = document.querySelector('.scene-label');
    const kind = [...(label?.classList ?? [])].find((c) => /^scene-(?!label)/.test(c))?.slice(6);
    return `${kind ?? (document.querySelector('.scene-title') ? 'lights' : 'hill')}: ${document.querySelector('.attract-title')?.textContent ?? ''}`;
  });
const desk = (name: string, address: string, shapes: NonNullable<Shot['shapes']>, open?: (page: Page) => Promise<void>): Shot => ({
  name,
  page: 'desk',
  shapes,
  themes: ['night'],
  show: async (page, { hub, lang }) => {
    await page.goto(`${hub.origin}${address}`);
    await page.evaluate((l) => localStorage.setItem('harbourlight.desk-language', l), lang);
    await page.reload();
    await settle(page, stillMs * 2);
    if (!open) return;
    await open(page);
    await settle(page);
  },
});
const wide = { portrait: null } as const;
const phone = { portrait: 'phone', landscape: null } as const;
const both = { portrait: 'phone' } as const;

const lowScreens = Object.entries({ hill: async () => undefined, list: openList, code: openCode, collection: openCollection, quiz: openQuiz, vote: openVote }).map(([name, show]) =>
  begun(`low-${name}`, async (page) => {
    await choose(page, toggles.low);
    await show(page);
  }),
);

/** In the order of a visit; then the pages of staff and organisers. */
export const SHOTS: readonly Shot[] = [
  ...['', '.scene-row', '.scene-project', '.scene-waterfront', '', '.scene-invite'].map((label, k) => ({
    ...kiosk(k === 0 ? 'attract' : `attract-${k + 1}`, scene(label, k), stillMs * 3),
    caption: sceneCaption,
  })),
  {
    ...kiosk('attract-spotlight', async (page, stand) => {
      await rest(page, stand);
      await stand.hub.tell({ kind: 'spotlight', project: 'automated-parking' });
      await page.waitForSelector('.spotlight', { timeout: pressMsMax });
    }),
    caption: sceneCaption,
    leave: (_, { hub }) => hub.tell({ kind: 'attract' }),
  },
  begun('hill', async () => undefined),
  begun('harbourfront', (page) => press(page, '.hill-more .btn:not(.primary)')),
  begun('walk', (page) => press(page, '.tile.area-mobility'), stillMs * 2),
  begun('walk-sculpture', (page) => press(page, '.tile.area-economy')),
  begun('project-model', openModel, stillMs * 3),
  begun('project-sculpture', openSculpture),
  begun('code', openCode),
  begun('list', openList),
  begun('collection', openCollection),
  begun('quiz', openQuiz),
  begun('vote', openVote),
  covered('still-there', async (page) => {
    await shift(page, 46_000);
    await page.waitForSelector('.still', { timeout: pressMsMax });
  }),
  covered('accessibility', (page) => press(page, '.bar-button[aria-haspopup="dialog"]')),
  begun('contrast-hill', (page) => choose(page, toggles.contrast)),
  ...lowScreens,
  begun('low-large-project', async (page) => {
    await choose(page, toggles.low, toggles.large);
    await openModel(page);
  }),
  begun('elder-hill', (page) => press(page, '.elder-switch')),
  begun('elder-project', async (page) => {
    await press(page, '.elder-switch');
    await openModel(page);
  }),
  begun('elder-code', async (page) => {
    await press(page, '.elder-switch');
    await openModel(page);
    await press(page, '.project-acts .primary');
  }),
  {
    ...covered('offline', async (page) => {
      await openModel(page);
      await page.context().setOffline(true);
      await press(page, '.project-acts .primary');
    }),
    leave: (page) => page.context().setOffline(false),
  },
  {
    ...kiosk('emergency', async (page, stand) => {
      await rest(page, stand);
      await stand.hub.tell({ kind: 'emergency', on: true });
      await page.waitForSelector('.rest', { timeout: pressMsMax });
    }),
    leave: (_, { hub }) => hub.tell({ kind: 'emergency', on: false }),
  },
  {
    ...kiosk('paused', async (page, stand) => {
      await rest(page, stand);
      await stand.hub.tell({ kind: 'pause', on: true });
      await page.waitForSelector('.rest', { timeout: pressMsMax });
    }),
    leave: (_, { hub }) => hub.tell({ kind: 'pause', on: false }),
  },
  covered('staff-corner', openCorner),
  covered('maintenance', async (page) => {
    await openCorner(page);
    await press(page, '.to-maintenance');
  }),
  desk('staff', '/staff/', both),
  desk('clicker', '/staff/#clicker', phone),
  desk('doors', '/staff/#doors', both),
  desk('devices', '/staff/#devices', both),
  desk('packs', '/staff/#packs', wide),
  desk('log', '/staff/#log', both),
  desk('wall', '/staff/#wall', wide),
  desk('organiser', '/organiser/', both),
];
