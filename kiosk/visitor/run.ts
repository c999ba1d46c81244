/**
 * Runs the page: keeps the visit, sends its facts to the link, obeys staff's commands, fetches the content, lights the lamps. Time,
 * chance and the link are passed in.
 */
import { batch, computed, effect, signal } from '@preact/signals';
import type { Command, CommandAnswer } from '../../shared/command.ts';
import type { Votes } from '../../shared/engagement.ts';
import { makeId } from '../../shared/ids.ts';
import type { PublicTally } from '../../shared/wire.ts';
import type { Lang } from '../../shared/words.ts';
import type { KioskLink, LinkState } from '../link/kiosk-link.ts';
import { fetchBeyond } from './beyond.tsx';
import { type Catalogue, catalogueOf, neighbour, trailOf } from './catalogue.ts';
import { fetchedPart } from './fetched.ts';
import { restingText, shownText } from './glyphs.ts';
import { lampsOf } from './lamps.ts';
import { type Glass, type Layout, layoutFor } from './layout.ts';
import { makeQuiz } from './quiz.ts';
import { type Line, SpeechQueue, usualVolume, type Voice } from './speech.ts';
import type { StageHost, StageLook } from './stage-host.ts';
import { langOf, turnAt } from './turns.ts';
import { type Action, type Fact, restVisit, type Screen, step, type Theme, type Visit } from './visit.ts';

export const tickMs = 250;
export const noticeShownMs = 60_000;
export const identifyShownMs = 15_000;
export const contentRetryMs = 5_000;
/** how often a running kiosk asks whether its content has changed, while nobody is there */
export const contentRefreshMs = 60_000;
/** by then the first picture has long been there: what a visitor may need comes too */
const beyondTurn = 3;
const inviteMs = 1_400;
const faultsMax = 8;
/** the headline's order: each Chinese next to English */
const HEADLINES: readonly Lang[] = ['zh-HK', 'en', 'zh-CN'];

/** What staff ordered until they withdraw it; `emergency` null: none. */
export type Orders = { paused: boolean; emergency: string | null };

export type Place = {
  now(): number;
  random(into: Uint8Array<ArrayBuffer>): Uint8Array;
  /** a number from 0 up to, not including, 1 */
  chance(): number;
  storedTheme(): Theme | null;
  storeTheme(theme: Theme): void;
  /** what staff ordered before a reload; the hub says it again once it is there */
  storedOrders(): Orders;
  storeOrders(orders: Orders): void;
  storedGlass(): Glass;
  storeGlass(glass: Glass): void;
  prefersStill(): boolean;
  reload(): void;
  /** a small picture of the page; `redraw` draws the stage, to be read in the same turn */
  picture(redraw: () => void): Promise<string>;
  /** fetches the glyphs of a text; never rejects */
  glyphs(lang: Lang, text: string): Promise<void>;
  voice: Voice;
};

export const runKiosk = (
  link: KioskLink,
  host: (picks: { onPick(id: string): void; onPickArea(area: string): void }, onFault: (code: string) => void, onMended: (code: string) => void) => StageHost,
  place: Place,
) => {
  const visit = signal<Visit>(restVisit(place.now()));
  const catalogue = signal<Catalogue | null>(null);
  const tally = signal<PublicTally | null>(null);
  /** how the votes are spread, as the hub told last */
  const votes = signal<Votes | null>(null);
  const linkState = signal<LinkState>(link.state());
  const theme = signal<Theme>(place.storedTheme() ?? 'night');
  const headline = signal<Lang>('zh-HK');
  /** how often the resting screen has turned since it came to rest */
  const turn = signal(0);
  /** what the scenes of the resting screen are, once the first turn is over */
  const scenes = fetchedPart(() => import('./attract-scenes.tsx'));
  /** whose headline can be set in its own face */
  const legible = new Set<Lang>(['zh-HK']);
  const nowMs = signal(place.now());
  const notice = signal<{ text: string; untilMs: number } | null>(null);
  const identifiedMs = signal<number | null>(null);
  // one that is not paired any more follows nobody
  const ordered = link.state().paired ? place.storedOrders() : { paused: false, emergency: null };
  const paused = signal(ordered.paused);
  const emergency = signal<string | null>(ordered.emergency);
  const spotlight = signal<string | null>(null);
  const invite = signal(false);
  const staff = signal(false);
  /** the line that is being said, with or without a voice */
  const caption = signal<Line | null>(null);
  const volume = signal(usualVolume);
  const speech = new SpeechQueue(place.voice, (line) => {
    caption.value = line;
  });
  const glass = signal<Glass>(place.storedGlass());
  const layout = signal<Layout>(layoutFor(window.innerWidth, window.innerHeight, glass.value));
  const faults: string[] = [];
  const stops: (() => void)[] = [];

  const act = (action: Action): void => {
    const { visit: next, facts } = step(visit.value, action, place.now());
    visit.value = next;
    for (const fact of facts) record(fact);
  };
  const note = (code: string): boolean => {
    if (faults.includes(code)) return false;
    faults.push(code);
    if (faults.length > faultsMax) faults.shift();
    return true;
  };
  const record = (fact: Fact): void => {
    link.record(fact).catch(() => note('event_lost')); // the heartbeat says so; a visitor is never kept waiting for the disk
  };
  const fault = (code: string): void => {
    if (note(code)) record({ kind: 'device.fault', code, atMs: place.now() });
  };
  /** What is over is not told any more; it was recorded when it began. */
  const mended = (code: string): void => {
    const at = faults.indexOf(code);
    if (at >= 0) faults.splice(at, 1);
  };
  const newSession = (): string => makeId(place.random);
  const go = (screen: Screen): void => act({ kind: 'went', screen });
  const open = (id: string, via: Extract<Screen, { kind: 'project' }>['via']): void => {
    const found = catalogue.value?.places.get(id);
    if (found) go({ kind: 'project', trail: found.trail.id, project: id, via });
  };
  const idle = computed(() => visit.value.session === null);

  const stage = host(
    {
      onPick: (id) => {
        const { screen } = visit.value;
        if (visit.value.session === null) invite.value = true;
        else if (screen.kind === 'hill' || screen.kind === 'pier') open(id, 'stage');
        else if (screen.kind === 'walk') open(id, screen.project === id ? 'walk' : 'stage');
      },
      onPickArea: (area) => {
        const trail = catalogue.value?.terraces.find((t) => t.area === area);
        const first = trail?.projects[0];
        if (visit.value.session === null) invite.value = true;
        else if (trail && first && visit.value.screen.kind === 'hill') go({ kind: 'walk', trail: trail.id, project: first.id });
      },
    },
    fault,
    mended,
  );

  const lamps = signal(lampsOf(null, link.nowMs()));
  /** Set only where it differs, so that the page is not drawn anew with every tick. */
  const light = (): void => {
    const next = lampsOf(tally.value, link.nowMs());
    if (JSON.stringify(next) !== JSON.stringify(lamps.value)) lamps.value = next;
  };
  const still = computed(() => visit.value.modes.motion || place.prefersStill());
  /** What the resting screen shows; null: the whole hill with its title. Nothing turns for who has begun, nor while the pavilion rests or staff put a project forward. */
  const scene = computed(() => {
    const file = scenes.file.value;
    const shown = idle.value && lamps.value.open && spotlight.value === null ? catalogue.value : null;
    const now = shown && file?.sceneAt(shown, turn.value);
    return file && now ? { scene: now, file } : null;
  });
  const look = computed((): StageLook => {
    const { screen, modes } = visit.value;
    const view: StageLook['view'] =
      screen.kind === 'walk'
        ? { kind: 'walk', project: screen.project }
        : screen.kind === 'project' || screen.kind === 'takeaway'
          ? { kind: 'project', project: screen.project }
          : screen.kind === 'attract'
            ? spotlight.value !== null && catalogue.value?.places.has(spotlight.value)
              ? { kind: 'project', project: spotlight.value }
              : (scene.value?.file.viewOf(scene.value.scene) ?? { kind: 'attract' })
            : screen.kind === 'pier'
              ? { kind: 'pier' }
              : { kind: 'hill' };
    return { view, theme: modes.theme ?? theme.value, still: still.value, lit: lamps.value.lit };
  });

  /** Has the glyphs of the resting screen's words come, language by language, then those of all words and names, before they are shown. */
  const ready = async (shown: Catalogue): Promise<void> => {
    for (const lang of HEADLINES) {
      await place.glyphs(lang, restingText(shown, lang));
      legible.add(lang);
    }
    for (const lang of HEADLINES) await place.glyphs(lang, shownText(shown, lang));
  };

  /** Fetches what this kiosk shows; the stage is opened anew where it differs. Returns whether there is something to show. */
  const refresh = async (): Promise<boolean> => {
    try {
      const showcase = linkState.value.showcase ?? (await link.showcases())[0];
      const content = showcase === undefined ? null : await link.content(showcase);
      mended('content_not_loaded');
      const next = content && catalogueOf(content);
      if (!next) return catalogue.value !== null;
      const before = catalogue.value?.content;
      if (before && before.version === next.content.version && before.showcase === next.content.showcase) return true;
      batch(() => {
        catalogue.value = next;
        if (spotlight.value !== null && !next.places.has(spotlight.value)) spotlight.value = null;
      });
      void stage.open(next.stage, look.value);
      void ready(next);
      return true;
    } catch {
      fault('content_not_loaded'); // shown as "getting ready" and tried again
      return catalogue.value !== null;
    }
  };

  const obey = async (command: Command): Promise<CommandAnswer | undefined> => {
    if (command.kind === 'picture') return { picture: await place.picture(() => stage.redraw()) };
    follow(command);
    return undefined;
  };

  const follow = (command: Exclude<Command, { kind: 'picture' }>): void => {
    const atMs = place.now();
    switch (command.kind) {
      case 'notice':
        notice.value = { text: command.text, untilMs: atMs + noticeShownMs };
        return;
      case 'spotlight':
        spotlight.value = command.project;
        return;
      case 'attract':
        spotlight.value = null;
        act({ kind: 'ended', reason: 'staff' });
        return;
      case 'reload':
        act({ kind: 'ended', reason: 'reload' });
        setTimeout(place.reload, tickMs); // after the acknowledgement has left
        return;
      case 'pause':
        if (command.on) act({ kind: 'ended', reason: 'paused' });
        paused.value = command.on;
        place.storeOrders({ paused: paused.value, emergency: emergency.value });
        return;
      case 'theme':
        theme.value = command.theme;
        place.storeTheme(command.theme);
        return;
      case 'identify':
        identifiedMs.value = atMs;
        return;
      case 'emergency':
        if (command.on) act({ kind: 'ended', reason: 'emergency' });
        emergency.value = command.on ? (command.text ?? '') : null;
        place.storeOrders({ paused: paused.value, emergency: emergency.value });
        return;
    }
  };

  let drawn = { frames: 0, atMs: place.now() };
  /** Frames drawn a second since the last report; null while the stage rests or is not there. */
  const framesPerSecond = (): number | null => {
    const frames = stage.figures()?.framesDrawn ?? 0;
    const atMs = place.now();
    const [more, spanMs] = [frames - drawn.frames, atMs - drawn.atMs];
    drawn = { frames, atMs };
    return more > 0 && spanMs > 0 ? Math.round((more * 10_000) / spanMs) / 10 : null;
  };

  let isRenewed = false;
  /** Newer pages wait, and nobody would notice a reload: no visitor, no staff, nothing that staff put on the screen. */
  const mayReload = (): boolean => isRenewed && idle.value && !staff.value && !paused.value && emergency.value === null && notice.value === null;

  const turnTo = (next: number): void => {
    turn.value = next;
    headline.value = langOf(
      next,
      HEADLINES.filter((l) => legible.has(l)),
    );
  };
  let startedMs = place.now();
  let refreshedMs = place.now();
  let invitedMs = 0;
  const tick = (): void => {
    const atMs = place.now();
    batch(() => {
      act({ kind: 'ticked' });
      nowMs.value = atMs;
      light();
      if (invite.value && invitedMs === 0) invitedMs = atMs;
      if (invitedMs > 0 && atMs - invitedMs > inviteMs) {
        invite.value = false;
        invitedMs = 0;
      }
      if (notice.value && atMs > notice.value.untilMs) notice.value = null;
      if (identifiedMs.value !== null && atMs - identifiedMs.value > identifyShownMs) identifiedMs.value = null;
      if (atMs < startedMs) startedMs = atMs;
      const next = turnAt(atMs - startedMs);
      if (next > 0) void scenes.fetch();
      if (next >= beyondTurn) void fetchBeyond();
      turnTo(next);
    });
    if (mayReload()) {
      isRenewed = false;
      place.reload();
    }
    const due = catalogue.value === null ? contentRetryMs : contentRefreshMs;
    if (idle.value && Math.abs(atMs - refreshedMs) > due) {
      refreshedMs = atMs;
      void refresh();
    }
  };

  return {
    visit,
    catalogue,
    linkState,
    shortLinks: computed(() => linkState.value.online && tally.value?.direct !== true),
    votes,
    theme,
    headline,
    nowMs,
    notice,
    identified: computed(() => identifiedMs.value !== null),
    paused,
    emergency,
    spotlight,
    scene,
    invite,
    staff,
    layout,
    lamps,
    look,
    still,
    stage,
    speech,
    caption,
    volume,
    turnVolume(by: 1 | -1): void {
      speech.turn(by);
      volume.value = speech.volume;
      speech.again();
    },
    /** Silent, and as loud as for the next visitor. */
    hush(): void {
      speech.reset();
      volume.value = speech.volume;
    },
    /** Whether visitors may use the screen now. */
    welcomes: (): boolean => !paused.value && emergency.value === null && catalogue.value !== null && !staff.value,
    act,
    go,
    newSession,
    /** Five questions of what is shown, drawn anew. */
    newQuiz(): void {
      act({ kind: 'kept', act: { kind: 'ask', questions: makeQuiz(catalogue.value?.content.projects.filter((p) => catalogue.value?.places.has(p.id)) ?? [], place.chance) } });
      go({ kind: 'quiz' });
    },
    surprise(): void {
      const all = [...(catalogue.value?.places.keys() ?? [])];
      const id = all[Math.floor(place.chance() * all.length)];
      if (id !== undefined) open(id, 'surprise');
    },
    swiped(by: 1 | -1): void {
      const { screen } = visit.value;
      const c = catalogue.value;
      if (!c || (screen.kind !== 'walk' && screen.kind !== 'project')) return;
      const trail = trailOf(c, screen.trail);
      const next = trail && neighbour(trail, screen.project, by);
      if (next) go(screen.kind === 'walk' ? { ...screen, project: next.id } : { ...screen, project: next.id, via: 'next' });
    },
    setTheme(next: Theme): void {
      theme.value = next;
      place.storeTheme(next);
    },
    glass,
    setGlass(next: Glass): void {
      glass.value = next;
      place.storeGlass(next);
      layout.value = layoutFor(window.innerWidth, window.innerHeight, next);
    },
    resized(): void {
      layout.value = layoutFor(window.innerWidth, window.innerHeight, glass.value);
      stage.resize();
    },
    /** Newer pages are kept on this device: they are shown once nobody is there. */
    renewed(): void {
      isRenewed = true;
    },
    refresh,
    /** Stops the clock and listens to nothing any more. */
    stop(): void {
      for (const stopOne of stops.splice(0)) stopOne();
    },
    /** Starts the clock and listens to the link; the page shows what the signals say from here on. */
    async start(): Promise<void> {
      const unsubscribe = link.subscribe((s) => {
        const moved = s.showcase !== linkState.value.showcase;
        linkState.value = s;
        if (moved) void refresh();
      });
      stops.push(unsubscribe);
      link.onCommand(obey);
      link.onTally((t) => {
        tally.value = t;
        if (t.votes !== undefined) votes.value = t.votes;
        light();
      });
      link.report(() => {
        const screen = emergency.value !== null ? 'emergency' : paused.value ? 'paused' : visit.value.screen.kind;
        return { screen, fps: framesPerSecond(), pack: catalogue.value?.content.version.slice(0, 80) ?? null, faults: [...faults] };
      });
      stops.push(
        effect(() => {
          // who comes next sees the first scene first; what is newly shown too
          if (!idle.value || catalogue.value === null) return;
          startedMs = place.now();
          turnTo(0);
        }),
        effect(() => stage.look(look.value)),
      );
      const timer = setInterval(tick, tickMs);
      stops.push(() => clearInterval(timer));
      await refresh();
    },
  };
};

export type Kiosk = ReturnType<typeof runKiosk>;
