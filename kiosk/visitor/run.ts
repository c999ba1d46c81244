/**
 * Runs the page: keeps the visit, sends its facts to the link, obeys staff's commands, fetches the content, lights the lamps. Time,
 * chance and the link are passed in.
 */
import { batch, computed, effect, signal } from '@preact/signals';
import type { Command, CommandAnswer } from '../../shared/command.ts';
import { makeId } from '../../shared/ids.ts';
import { type PublicVote, voteTurned } from '../../shared/vote.ts';
import type { Votes } from '../../shared/vote-told.ts';
import type { PublicTally } from '../../shared/wire.ts';
import type { KioskLink, LinkState } from '../link/kiosk-link.ts';
import { type Catalogue, catalogueOf, neighbour, trailOf } from './catalogue.ts';
import { FaultList } from './fault-list.ts';
import type { KioskPlace } from './kiosk-place.ts';
import { lampsOf } from './lamps.ts';
import { type Glass, type Layout, layoutFor } from './layout.ts';
import { viewFor } from './look.ts';
import { makeOrders } from './orders.ts';
import { makeQuiz } from './quiz.ts';
import { makeResting } from './resting.ts';
import { type Line, SpeechQueue, usualVolume } from './speech.ts';
import type { StageHost, StageLook } from './stage-host.ts';
import { type Action, type Fact, restVisit, type Screen, step, type Visit } from './visit.ts';

const tickMs = 250;
const contentRetryMs = 5_000;
/** how often a running kiosk asks whether its content has changed, while nobody is there */
const contentRefreshMs = 60_000;

/** A kiosk of one page, which does nothing until `start`; `host` makes the stage that reports what is picked on it and what goes wrong. */
export const runKiosk = (
  link: KioskLink,
  host: (picks: { onPick(id: string): void; onPickArea(area: string): void }, onFault: (code: string) => void, onMended: (code: string) => void) => StageHost,
  place: KioskPlace,
) => {
  const visit = signal<Visit>(restVisit(place.now()));
  const catalogue = signal<Catalogue | null>(null);
  const tally = signal<PublicTally | null>(null);
  /** how the votes are spread, as the hub told last */
  const votes = signal<Votes | null>(null);
  const linkState = signal<LinkState>(link.state());
  const nowMs = signal(place.now());
  const staff = signal(false);
  /** the line that is being said, with or without a voice */
  const caption = signal<Line | null>(null);
  const volume = signal(usualVolume);
  const speech = new SpeechQueue(place.voice, (line) => {
    caption.value = line;
  });
  const glass = signal<Glass>(place.storedGlass());
  const layout = signal<Layout>(layoutFor(window.innerWidth, window.innerHeight, glass.value));
  const faults = new FaultList();
  const stops: (() => void)[] = [];

  const act = (action: Action): void => {
    const { visit: next, facts } = step(visit.value, action, place.now());
    visit.value = next;
    for (const fact of facts) record(fact);
  };
  const record = (fact: Fact): void => {
    link.record(fact).catch(() => faults.begins('event_lost')); // the heartbeat says so; a visitor is never kept waiting for the disk
  };
  const fault = (code: string): void => {
    if (faults.begins(code)) record({ kind: 'device.fault', code, atMs: place.now() });
  };
  const orders = makeOrders(place, link.state().paired, (reason) => act({ kind: 'ended', reason }));
  const { paused, emergency, spotlight } = orders;
  const turnedVote = (): PublicVote | null => {
    const told = orders.vote();
    return told && voteTurned(told, link.nowMs());
  };
  /** whether the vote is open, as the hub told last and the clock turned it since */
  const vote = signal(turnedVote());
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
        if (visit.value.session === null) resting.point();
        else if (screen.kind === 'hill' || screen.kind === 'pier') open(id, 'stage');
        else if (screen.kind === 'walk') open(id, screen.project === id ? 'walk' : 'stage');
      },
      onPickArea: (area) => {
        const trail = catalogue.value?.terraces.find((t) => t.area === area);
        const first = trail?.projects[0];
        if (visit.value.session === null) resting.point();
        else if (trail && first && visit.value.screen.kind === 'hill') go({ kind: 'walk', trail: trail.id, project: first.id });
      },
    },
    fault,
    (code) => faults.ends(code),
  );

  const lamps = signal(lampsOf(null, link.nowMs()));
  /** Set only where it differs, so that the page is not drawn anew with every tick. */
  const light = (): void => {
    const next = lampsOf(tally.value, link.nowMs());
    if (JSON.stringify(next) !== JSON.stringify(lamps.value)) lamps.value = next;
    const turned = turnedVote();
    if (JSON.stringify(turned) !== JSON.stringify(vote.value)) vote.value = turned;
  };
  const still = computed(() => visit.value.modes.motion || place.prefersStill());
  /** Nothing turns for who has begun, nor while the pavilion rests or staff put a project forward. */
  const resting = makeResting(
    computed(() => (idle.value && lamps.value.open && spotlight.value === null ? catalogue.value : null)),
    place.glyphs,
    place.now(),
  );
  const putForward = computed((): StageLook['view'] | null => {
    if (spotlight.value !== null && catalogue.value?.places.has(spotlight.value)) return { kind: 'project', project: spotlight.value };
    const standing = resting.scene.value;
    return standing ? standing.file.viewOf(standing.scene) : null;
  });
  const look = computed((): StageLook => {
    const { screen, modes } = visit.value;
    return { view: viewFor(screen, putForward.value), theme: modes.theme ?? orders.theme.value, still: still.value, lit: lamps.value.lit };
  });

  /** Fetches what this kiosk shows; the stage is opened anew where it differs. Returns whether there is something to show. */
  const refresh = async (): Promise<boolean> => {
    try {
      const showcase = linkState.value.showcase ?? (await link.showcases())[0];
      const content = showcase === undefined ? null : await link.content(showcase);
      faults.ends('content_not_loaded');
      const next = content && catalogueOf(content);
      if (!next) return catalogue.value !== null;
      const before = catalogue.value?.content;
      if (before && before.version === next.content.version && before.showcase === next.content.showcase) return true;
      batch(() => {
        catalogue.value = next;
        if (spotlight.value !== null && !next.places.has(spotlight.value)) spotlight.value = null;
      });
      void stage.open(next.stage, look.value);
      void resting.spell(next);
      return true;
    } catch {
      fault('content_not_loaded'); // shown as "getting ready" and tried again
      return catalogue.value !== null;
    }
  };

  const obey = async (command: Command): Promise<CommandAnswer | undefined> => {
    if (command.kind === 'picture') return { picture: await place.picture(() => stage.redraw()) };
    orders.follow(command);
    return undefined;
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
  const mayReload = (): boolean => isRenewed && idle.value && !staff.value && !orders.cover();

  let refreshedMs = place.now();
  const tick = (): void => {
    const atMs = place.now();
    batch(() => {
      act({ kind: 'ticked' });
      nowMs.value = atMs;
      light();
      orders.tick(atMs);
      resting.tick(atMs);
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
    vote,
    /** hub minus device clock, ms */
    offsetMs: (): number => link.nowMs() - place.now(),
    theme: orders.theme,
    headline: resting.headline,
    nowMs,
    notice: orders.notice,
    identified: orders.identified,
    paused,
    emergency,
    spotlight,
    scene: resting.scene,
    invite: resting.invite,
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
    setTheme: orders.setTheme,
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
        orders.hearVote(t.vote ?? null);
        light();
      });
      link.report(() => {
        const screen = emergency.value !== null ? 'emergency' : paused.value ? 'paused' : visit.value.screen.kind;
        return { screen, fps: framesPerSecond(), pack: catalogue.value?.content.version.slice(0, 80) ?? null, faults: faults.codes };
      });
      stops.push(
        effect(() => {
          // who comes next sees the first scene first; what is newly shown too
          if (!idle.value || catalogue.value === null) return;
          resting.begin(place.now());
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
