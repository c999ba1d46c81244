/** What lies over the screens: accessibility sheet (K10), still-there question (K11), notices, and the screens of rest (K0, K14). */
import type { ComponentChildren } from 'preact';
import type { Lang } from '../../shared/words.ts';
import { LANGS } from '../../shared/words.ts';
import { Brand } from '../ui/brand.tsx';
import {
  CheckIcon,
  ClockIcon,
  ContrastIcon,
  DayIcon,
  ElderIcon,
  InfoIcon,
  LargeIcon,
  LowIcon,
  MinusIcon,
  NightIcon,
  PlusIcon,
  RestartIcon,
  SpeakIcon,
  StillIcon,
} from '../ui/icons.tsx';
import { visitorWords } from '../words/visitor.ts';
import type { Desk } from './desk.ts';
import { Dialog } from './dialog.tsx';
import { type Line, volumes } from './speech.ts';
import { countdownOf, type Mode, type Theme } from './visit.ts';

const Toggle = ({ desk, mode, icon, name, note }: { desk: Desk; mode: Mode; icon: ComponentChildren; name: string; note: string }) => {
  const on = desk.visit.modes[mode];
  const w = desk.w.access;
  return (
    <button type="button" class="toggle" aria-pressed={on} onClick={() => desk.act({ kind: 'chose', mode, on: !on })}>
      <span class="toggle-top">
        {icon}
        <span class="toggle-state" aria-hidden="true">
          {on ? w.on : w.off}
        </span>
      </span>
      <b>{name}</b>
      <span class="toggle-note">{note}</span>
    </button>
  );
};

/** `own` is the kiosk's own theme, which holds while the visitor chose none. */
export const AccessSheet = ({ desk, own }: { desk: Desk; own: Theme }) => {
  const w = desk.w.access;
  const { modes } = desk.visit;
  const theme = modes.theme ?? own;
  const close = (): void => desk.act({ kind: 'sheet', open: false, session: desk.newSession() });
  return (
    <>
      <button type="button" class="veil" tabIndex={-1} aria-hidden="true" onClick={close} />
      <Dialog label={w.title} className="sheet" onEscape={close}>
        <div class="sheet-head">
          <h2 class="song">{w.title}</h2>
          <p>{w.note}</p>
        </div>
        <div class="toggles">
          <Toggle desk={desk} mode="elder" icon={<ElderIcon />} name={w.elder} note={w.elderNote} />
          <Toggle desk={desk} mode="large" icon={<LargeIcon />} name={w.large} note={w.largeNote} />
          <Toggle desk={desk} mode="read" icon={<SpeakIcon />} name={w.read} note={w.readNote} />
          <Toggle desk={desk} mode="contrast" icon={<ContrastIcon />} name={w.contrast} note={w.contrastNote} />
          <Toggle desk={desk} mode="low" icon={<LowIcon />} name={w.low} note={w.lowNote} />
          <Toggle desk={desk} mode="time" icon={<ClockIcon />} name={w.time} note={w.timeNote} />
          <Toggle desk={desk} mode="motion" icon={<StillIcon />} name={w.motion} note={w.motionNote} />
          <button type="button" class="btn primary" onClick={close}>
            <CheckIcon />
            {w.done}
          </button>
        </div>
        {modes.read && (
          <div class="sheet-volume">
            <button type="button" class="btn" aria-disabled={desk.volume === 0} onClick={() => desk.turnVolume(-1)}>
              <MinusIcon />
              {w.softer}
            </button>
            <p role="status">
              {w.volume} <b>{desk.volume + 1}</b>
            </p>
            <button type="button" class="btn" aria-disabled={desk.volume === volumes.length - 1} onClick={() => desk.turnVolume(1)}>
              <PlusIcon />
              {w.louder}
            </button>
          </div>
        )}
        <fieldset class="seg sheet-themes">
          <legend class="unseen">{w.theme}</legend>
          <button type="button" aria-pressed={theme === 'night' && !modes.contrast} onClick={() => desk.act({ kind: 'themed', theme: 'night' })}>
            <NightIcon />
            {w.night}
          </button>
          <button type="button" aria-pressed={theme === 'day' && !modes.contrast} onClick={() => desk.act({ kind: 'themed', theme: 'day' })}>
            <DayIcon />
            {w.day}
          </button>
        </fieldset>
      </Dialog>
    </>
  );
};

const panes = 25;

/** How much of the time is left, as lit windows that go dark one by one. */
const Panes = ({ share }: { share: number }) => (
  <span class="panes" aria-hidden="true">
    {Array.from({ length: panes }, (_, i) => (
      <i key={i} class={i < Math.ceil(share * panes) ? 'lit' : ''} />
    ))}
  </span>
);

/** The countdown is announced when it begins and at these seconds, not every second. */
const announcedSeconds = new Set([40, 25, 20, 15, 10, 5]);

export const StillThere = ({ desk, nowMs }: { desk: Desk; nowMs: number }) => {
  const w = desk.w.idle;
  const whole = countdownOf(desk.visit);
  const leftMs = Math.max(0, whole - (nowMs - (desk.visit.warnedMs ?? nowMs)));
  const left = Math.ceil(leftMs / 1_000);
  const stay = (): void => desk.act({ kind: 'stayed' });
  return (
    <>
      <button type="button" class="veil" tabIndex={-1} aria-hidden="true" onClick={stay} />
      <Dialog label={w.title} className="still" first=".stay" onEscape={stay}>
        <h2 class="song">{w.title}</h2>
        <div class="still-time">
          <p class="still-number" aria-hidden="true">
            <b>{left}</b> {w.seconds}
          </p>
          <Panes share={leftMs / whole} />
        </div>
        <p class="still-body">{w.body(String(left))}</p>
        <p class="unseen" role="status" aria-live="assertive" data-unread>
          {announcedSeconds.has(left) ? `${w.title} ${w.body(String(left))}` : ''}
        </p>
        <div class="still-acts">
          <button type="button" class="btn primary stay" onClick={stay}>
            {w.stay}
          </button>
          <button type="button" class="btn" onClick={() => desk.act({ kind: 'ended', reason: 'start_over' })}>
            <RestartIcon />
            {w.restart}
          </button>
        </div>
      </Dialog>
    </>
  );
};

export const Notice = ({ text, lang }: { text: string; lang: Lang }) => (
  <div class="notice" role="status" aria-live="polite" aria-label={visitorWords(lang).notice.label}>
    <InfoIcon />
    <p>{text}</p>
  </div>
);

/** What is being read, as words: it stands above everything and is no part of what is read. */
export const Caption = ({ line }: { line: Line }) => (
  <aside class="caption" lang={line.lang} aria-label={visitorWords(line.lang).voice.caption} data-unread>
    <SpeakIcon />
    <p>{line.text}</p>
  </aside>
);

/** A screen without any control, in all three languages: out of service, emergency, or nothing to show yet. */
export const Rest = ({ kind, text }: { kind: 'paused' | 'emergency' | 'boot'; text?: string }) => (
  <main class={`screen rest rest-${kind}`} aria-live={kind === 'emergency' ? 'assertive' : 'polite'}>
    <Brand />
    {text !== undefined && <p class="rest-text">{text}</p>}
    {LANGS.map((lang) => {
      const w = visitorWords(lang).rest;
      return (
        <div key={lang} lang={lang} class="rest-part">
          <p class="rest-title song" lang={lang}>
            {w[kind]}
          </p>
          {kind === 'paused' && <p class="rest-note">{w.pausedNote}</p>}
        </div>
      );
    })}
  </main>
);

/** A kiosk that staff look for says its name. */
export const Identify = ({ name, lang }: { name: string; lang: Lang }) => (
  <div class="identify" role="status">
    <p>{visitorWords(lang).staff.identify}</p>
    <b>{name}</b>
  </div>
);
