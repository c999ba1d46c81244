/** The page as a whole: the screen of the visit, and over it whatever stands above all screens. */
import { useLayoutEffect, useRef } from 'preact/hooks';
import type { KioskLink } from '../link/kiosk-link.ts';
import { loadFonts } from '../ui/fonts.ts';
import { visitorWords } from '../words/visitor.ts';
import { Attract } from './attract.tsx';
import { Beyond } from './beyond.tsx';
import { type Catalogue, trailOf } from './catalogue.ts';
import { Corner } from './corner.tsx';
import type { Desk } from './desk.ts';
import { Hill, Pier } from './hill.tsx';
import { touchMm } from './layout.ts';
import { AccessSheet, Caption, Identify, Notice, Rest, StillThere } from './overlays.tsx';
import { linesOf } from './reading.ts';
import type { Kiosk } from './run.ts';
import type { StageHost } from './stage-host.ts';
import type { Screen } from './visit.ts';
import { voteViewOf } from './vote-view.ts';
import { Walk } from './walk.tsx';

/** The one canvas. It comes back into the page, after a pause say, with its picture. */
const Canvas = ({ stage: { canvas, redraw } }: { stage: Pick<StageHost, 'canvas' | 'redraw'> }) => {
  const ref = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    ref.current?.append(canvas);
    redraw();
  }, [canvas, redraw]);
  return <div ref={ref} class="canvas-holder" aria-hidden="true" />;
};

/** A project that the content no longer holds leads back to the hill. */
const Screens = ({ kiosk, desk, screen }: { kiosk: Kiosk; desk: Desk; screen: Screen }) => {
  switch (screen.kind) {
    case 'attract':
      return <Attract desk={desk} shown={kiosk.headline.value} spotlight={kiosk.spotlight.value} told={kiosk.scene.value} invite={kiosk.invite.value} />;
    case 'pier':
      return <Pier desk={desk} />;
    case 'walk': {
      const place = desk.catalogue.places.get(screen.project);
      const trail = trailOf(desk.catalogue, screen.trail);
      return place && trail ? <Walk desk={desk} trail={trail} place={place} /> : <Hill desk={desk} />;
    }
    case 'hill':
      return <Hill desk={desk} />;
    default:
      return <Beyond desk={desk} screen={screen} />;
  }
};

/** Sets on the root element what all styles hang on: theme, orientation, modes, language and the size of a millimetre. */
const useRoot = (kiosk: Kiosk): void => {
  const { modes, lang } = kiosk.visit.value;
  const { portrait, pxPerMm, glassPxPerMm, reachPx } = kiosk.layout.value;
  const theme = modes.theme ?? kiosk.theme.value;
  const classes = [
    modes.contrast ? 'hc' : theme,
    `scene-${theme}`,
    portrait ? 'portrait' : 'landscape',
    (modes.large || modes.elder) && 'large',
    modes.elder && 'elder',
    modes.low && 'low',
    kiosk.still.value && 'still-motion',
  ]
    .filter(Boolean)
    .join(' ');
  useLayoutEffect(() => {
    const root = document.documentElement;
    root.className = classes;
    root.lang = lang;
    root.style.setProperty('--px-per-mm', pxPerMm.toFixed(4));
    root.style.setProperty('--touch', `${(touchMm * glassPxPerMm).toFixed(2)}px`);
    root.style.setProperty('--reach', `${reachPx}px`);
    document.title = visitorWords(lang).title;
  }, [classes, lang, pxPerMm, glassPxPerMm, reachPx]);
  useLayoutEffect(() => {
    void loadFonts('zh-CN'); // its start button and its switch are always in sight
  }, []);
};

const Page = ({ kiosk, link, catalogue }: { kiosk: Kiosk; link: KioskLink; catalogue: Catalogue }) => {
  const visit = kiosk.visit.value;
  const desk: Desk = {
    visit,
    lang: visit.lang,
    w: visitorWords(visit.lang),
    catalogue,
    stage: kiosk.stage,
    ...kiosk.layout.value,
    lamps: kiosk.lamps.value,
    link: kiosk.linkState.value,
    shortLinks: kiosk.shortLinks.value,
    vote: voteViewOf(
      visit.keep,
      { vote: kiosk.vote.value, votes: kiosk.votes.value, online: kiosk.linkState.value.online, nowMs: kiosk.nowMs.value, offsetMs: kiosk.offsetMs() },
      visit.lang,
    ),
    caption: kiosk.caption.value,
    volume: kiosk.volume.value,
    turnVolume: kiosk.turnVolume,
    readScreen: () => {
      const main = document.querySelector('.screens main');
      if (kiosk.speech.speaking) kiosk.speech.hush();
      else if (main) kiosk.speech.now(linesOf(main));
    },
    act: kiosk.act,
    go: kiosk.go,
    newSession: kiosk.newSession,
    newQuiz: kiosk.newQuiz,
    surprise: kiosk.surprise,
  };
  const covered = visit.sheet || visit.warnedMs !== null || kiosk.staff.value;
  const notice = kiosk.notice.value;
  return (
    <>
      <Canvas stage={kiosk.stage} />
      <div class="screens" inert={covered}>
        <Screens kiosk={kiosk} desk={desk} screen={visit.screen} />
      </div>
      {visit.sheet && visit.warnedMs === null && <AccessSheet desk={desk} own={kiosk.theme.value} />}
      {visit.warnedMs !== null && <StillThere desk={desk} nowMs={kiosk.nowMs.value} />}
      {desk.caption && <Caption line={desk.caption} />}
      {notice && <Notice text={notice.text} lang={visit.lang} />}
      <HeldCorner kiosk={kiosk} desk={desk} link={link} />
    </>
  );
};

/** Staff's corner, while it is held open. */
const HeldCorner = ({ kiosk, desk, link }: { kiosk: Kiosk; desk: Parameters<typeof Corner>[0]['desk']; link: KioskLink }) =>
  kiosk.staff.value ? (
    <Corner
      desk={desk}
      link={link}
      theme={kiosk.theme.value}
      onTheme={kiosk.setTheme}
      glass={kiosk.glass.value}
      onGlass={kiosk.setGlass}
      onClose={() => (kiosk.staff.value = false)}
    />
  ) : null;

export const App = ({ kiosk, link }: { kiosk: Kiosk; link: KioskLink }) => {
  useRoot(kiosk);
  const catalogue = kiosk.catalogue.value;
  const emergency = kiosk.emergency.value;
  const { device, zone } = kiosk.linkState.value;
  const lang = kiosk.visit.value.lang;
  return (
    <>
      {emergency !== null ? (
        <Rest kind="emergency" {...(emergency ? { text: emergency } : {})} />
      ) : kiosk.paused.value ? (
        <Rest kind="paused" />
      ) : catalogue ? (
        <Page kiosk={kiosk} link={link} catalogue={catalogue} />
      ) : (
        <>
          <Rest kind="boot" />
          <HeldCorner kiosk={kiosk} desk={{ w: visitorWords(lang), lang, link: kiosk.linkState.value }} link={link} />
        </>
      )}
      {kiosk.identified.value && <Identify name={[device, zone].filter(Boolean).join(' · ')} lang={lang} />}
    </>
  );
};
