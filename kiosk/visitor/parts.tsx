/** Parts that several screens share: heading that takes the focus, free picture area, area mark, bottom bar, language switch. */
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import type { Area } from '../../shared/areas.ts';
import { listMax } from '../../shared/links.ts';
import type { Sculpture } from '../../shared/sculpture.ts';
import { LANGS, type Lang } from '../../shared/words.ts';
import { AccessIcon, BackIcon, ElderIcon, ForwardIcon, ListIcon, MapIcon, RestartIcon, SpeakIcon, StarIcon } from '../ui/icons.tsx';
import { grouped } from '../words/numbers.ts';
import { visitorWords } from '../words/visitor.ts';
import { Backdrop } from './backdrop.tsx';
import type { Catalogue } from './catalogue.ts';
import { areaClass, type Desk } from './desk.ts';
import { SculptureSvg } from './sculpture-svg.tsx';

const SHORT: { [L in Lang]: string } = { 'zh-HK': '繁', 'zh-CN': '简', en: 'EN' };

/** A screen's heading. It takes the focus when the screen (or what it is about) appears, so that reading starts there. */
export const Heading = ({ children, about, className = '', level = 1 }: { children: ComponentChildren; about: string; className?: string; level?: 1 | 2 }) => {
  const ref = useRef<HTMLHeadingElement>(null);
  useLayoutEffect(() => ref.current?.focus({ preventScroll: true }), [about]);
  const props = { ref, tabIndex: -1, class: `heading ${className}` };
  return level === 1 ? <h1 {...props}>{children}</h1> : <h2 {...props}>{children}</h2>;
};

/** The area's one character in a lit window. */
export const Mark = ({ area, lang }: { area: Area; lang: Lang }) => (
  <span class={`mark ${areaClass(area)}`} aria-hidden="true" lang={lang === 'en' ? 'zh-HK' : lang}>
    {visitorWords(lang).mark[area]}
  </span>
);

/** The drawings have thousands of parts: made anew only when they differ. */
const Drawing = ({ catalogue, sculpture, wide }: { catalogue: Catalogue | null; sculpture: Sculpture | null; wide: boolean }) =>
  useMemo(
    () => (
      <>
        <Backdrop catalogue={catalogue} wide={wide} />
        {sculpture && (
          <div class="drawn">
            <SculptureSvg sculpture={sculpture} />
          </div>
        )}
      </>
    ),
    [catalogue, sculpture, wide],
  );

type ViewProps = {
  desk: Desk /** what stands over the picture's lower edge, mm: the stage keeps clear of it */;
  footMm?: number;
  /** what stands over its upper edge, mm */
  headMm?: number;
  /** what stands over its left edge, mm */
  sideMm?: number;
  label?: string;
  alt?: string;
  sculpture?: Sculpture;
  area?: Area;
  children?: ComponentChildren;
};

/**
 * The free area in which the stage draws. With `label` it takes the focus and answers the arrow keys. While there is no stage, the
 * harbour is drawn here with `sculpture`, or with the hill where none is named.
 */
export const View = ({ desk, footMm = 0, headMm = 0, sideMm = 0, label, alt, sculpture, area, children }: ViewProps) => {
  const ref = useRef<HTMLDivElement>(null);
  const measure = (): void => {
    if (!ref.current) return;
    const { x, y, width, height } = ref.current.getBoundingClientRect();
    const [headPx, sidePx] = [headMm * desk.pxPerMm, sideMm * desk.pxPerMm];
    desk.stage.frame(new DOMRect(x + sidePx, y + headPx, width - sidePx, height - headPx), footMm * desk.pxPerMm);
  };
  useLayoutEffect(measure);
  useLayoutEffect(() => {
    const observer = new ResizeObserver(measure);
    if (ref.current) observer.observe(ref.current);
    return () => observer.disconnect();
  }, []);
  const keys = (e: KeyboardEvent): void => {
    if (e.key === 'ArrowLeft') desk.stage.turn(-1);
    else if (e.key === 'ArrowRight') desk.stage.turn(1);
    else if (e.key === 'ArrowUp') desk.stage.zoom(1);
    else if (e.key === 'ArrowDown') desk.stage.zoom(-1);
    else return;
    e.preventDefault();
    e.stopPropagation();
  };
  const drawn = desk.stage.state.value !== 'ready';
  const focusable = label !== undefined && !drawn;
  return (
    <div ref={ref} class={`view ${area ? areaClass(area) : ''}`} {...(focusable ? { role: 'group', 'aria-label': label, tabIndex: 0, onKeyDown: keys, 'data-stage': '' } : {})}>
      {alt !== undefined && <p class="unseen">{alt}</p>}
      {drawn && <Drawing catalogue={sculpture ? null : desk.catalogue} sculpture={sculpture ?? null} wide={!desk.portrait && !sculpture} />}
      {children}
    </div>
  );
};

/** 繁 简 EN, in this order on every screen; the one in use is filled. */
export const Languages = ({ desk }: { desk: Desk }) => (
  <fieldset class="seg languages">
    <legend class="unseen">{desk.w.bar.language}</legend>
    {LANGS.map((lang) => (
      <button
        type="button"
        key={lang}
        lang={lang}
        aria-pressed={desk.lang === lang}
        aria-label={`${SHORT[lang]} ${visitorWords(lang).start.name}`}
        onClick={() => desk.act({ kind: 'spoke', lang })}
      >
        {SHORT[lang]}
      </button>
    ))}
  </fieldset>
);

/** Large words, short sentences and few things, with one touch, and back with the next. */
export const ElderSwitch = ({ desk, className }: { desk: Desk; className: string }) => {
  const on = desk.visit.modes.elder;
  return (
    <button type="button" class={`${className} elder-switch`} aria-pressed={on} onClick={() => desk.act({ kind: 'chose', mode: 'elder', on: !on, session: desk.newSession() })}>
      <ElderIcon />
      {desk.visit.screen.kind === 'attract' ? (
        <>
          <span lang="zh-HK">{visitorWords('zh-HK').bar.elder}</span> <span lang="en">{visitorWords('en').bar.elder}</span>
        </>
      ) : (
        <span>{desk.w.bar.elder}</span>
      )}
    </button>
  );
};

/** The bottom bar: the same order on every inner screen. `children` stand at its far end in landscape. */
export const Bar = ({ desk, children }: { desk: Desk; children?: ComponentChildren }) => {
  const { w, act } = desk;
  return (
    <nav class="bar" aria-label={w.bar.map}>
      <button type="button" class="bar-button" onClick={() => act({ kind: 'returned' })}>
        <BackIcon />
        <span>{w.bar.back}</span>
      </button>
      <button type="button" class="bar-button to-map" onClick={() => desk.go({ kind: 'hill' })}>
        <MapIcon />
        <span>{w.bar.map}</span>
      </button>
      <button type="button" class="bar-button" onClick={() => act({ kind: 'ended', reason: 'start_over' })}>
        <RestartIcon />
        <span>{w.bar.restart}</span>
      </button>
      <span class="space" />
      <Languages desk={desk} />
      <ElderSwitch desk={desk} className="bar-button" />
      <button type="button" class="bar-button" aria-haspopup="dialog" onClick={() => act({ kind: 'sheet', open: true, session: desk.newSession() })}>
        <AccessIcon />
        <span>{w.bar.access}</span>
      </button>
      {children && <span class="bar-far">{children}</span>}
    </nav>
  );
};

/** Reads this screen, and stops. */
export const ReadButton = ({ desk }: { desk: Desk }) => {
  const speaking = desk.caption !== null;
  return (
    <button type="button" class="btn read" onClick={desk.readScreen}>
      <SpeakIcon />
      {speaking ? desk.w.voice.stop : desk.w.voice.read}
    </button>
  );
};

/** Collects a project, or takes it out again; once something is collected the way to the list stands beside it. */
export const KeepButtons = ({ desk, project }: { desk: Desk; project: string }) => {
  const { w, act } = desk;
  const { saved } = desk.visit.keep;
  const on = saved.includes(project);
  return (
    <>
      <button
        type="button"
        class="btn save"
        aria-pressed={on}
        disabled={!on && saved.length >= listMax}
        onClick={() => act({ kind: 'kept', act: { kind: on ? 'drop' : 'save', project } })}
      >
        <StarIcon filled={on} />
        {on ? w.keep.saved : saved.length >= listMax ? w.keep.full : w.keep.save}
      </button>
      {saved.length > 0 && (
        <button type="button" class="btn saved-count" aria-label={w.keep.open(grouped(saved.length))} onClick={() => desk.go({ kind: 'collection' })}>
          <ListIcon />
          {saved.length}
        </button>
      )}
    </>
  );
};

/** The two buttons that walk along a trail, alike on every screen that has them. */
export const stepButtons = ({ w, portrait }: Desk, go: (direction: -1 | 1) => void) => ({
  previous: (
    <button type="button" class="btn step" onClick={() => go(-1)}>
      <BackIcon />
      {w.walk.previous}
    </button>
  ),
  next: (
    <button type="button" class="btn step far" onClick={() => go(1)}>
      {portrait && <ForwardIcon />}
      {w.walk.next}
      {!portrait && <ForwardIcon />}
    </button>
  ),
});
