/**
 * Harbour and city as a drawing: what stands behind every screen until the stage is ready, and for good where there is no WebGL.
 * Decoration; deterministic, so that it never jumps.
 */
import { AREAS } from '../../shared/areas.ts';
import type { Catalogue } from './catalogue.ts';
import { areaClass } from './desk.ts';
import { SculptureSvg } from './sculpture-svg.tsx';

/** the drawing reaches beyond the narrow frame on both sides, for wide views */
const left = -440;
const right = 1520;
const middle = 540;
const foot = 1080;
const shore = 640;

/** A small deterministic generator (mulberry32). */
const dice = (seed: number) => () => {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
};

type City = { far: string; near: string; lit: string; dark: string };

const drawCity = (): City => {
  const roll = dice(20250413);
  const city: City = { far: '', near: '', lit: '', dark: '' };
  for (let x = left; x < right; ) {
    const w = 34 + roll() * 46;
    const h = 60 + roll() * 210;
    city.far += `M${x.toFixed(0)} ${shore}v-${h.toFixed(0)}h${w.toFixed(0)}v${h.toFixed(0)}z`;
    x += w + 6;
  }
  for (let x = left - 10; x < right; ) {
    const w = 46 + roll() * 34;
    const edge = Math.min(1.1, Math.abs(x + w / 2 - middle) / 540);
    const h = 50 + (40 + 210 * roll()) * (0.25 + edge * edge);
    city.near += `M${x.toFixed(0)} ${shore}v-${h.toFixed(0)}h${(w * 0.2).toFixed(0)}v-10h${(w * 0.5).toFixed(0)}v10h${(w * 0.3).toFixed(0)}v${h.toFixed(0)}z`;
    for (let y = shore - h + 12; y < shore - 12; y += 13)
      for (let wx = x + 7; wx < x + w - 9; wx += 11) city[roll() < 0.42 ? 'lit' : 'dark'] += `M${wx.toFixed(0)} ${y.toFixed(0)}h5v6h-5z`;
    x += w + 3 + roll() * 8;
  }
  return city;
};

let drawn: City | null = null;

const terraceRise = 68;
const wallHeight = 38;

type Level = { rx: number; ry: number; y: number };
const levels: readonly Level[] = AREAS.map((_, i) => ({ rx: 520 - i * 66, ry: 96 - i * 9, y: 900 - i * terraceRise }));

const Deck = ({ rx, ry, y }: Level) => (
  <>
    <path class="wall" d={`M${middle - rx} ${y}v${wallHeight}a${rx} ${ry} 0 0 0 ${rx * 2} 0v-${wallHeight}z`} />
    <ellipse class="deck" cx={middle} cy={y} rx={rx} ry={ry} />
    <path class="kerb" d={`M${middle - rx} ${y}a${rx} ${ry} 0 0 0 ${rx * 2} 0`} />
  </>
);

/** Some of a terrace's sculptures along its front; drawn after all decks, so that they stand before the wall behind them. */
const Row = ({ catalogue, level, at }: { catalogue: Catalogue; level: Level; at: number }) => {
  const side = 60 - at * 3;
  const shown = catalogue.terraces[at]?.projects.slice(0, 12 - at) ?? [];
  return shown.map((p, k) => {
    const place = catalogue.places.get(p.id);
    const angle = Math.PI * (0.1 + (0.8 * (k + 0.5)) / shown.length);
    const [x, y] = [middle - Math.cos(angle) * level.rx * 0.94, level.y + Math.sin(angle) * level.ry * 0.9];
    return (
      place && (
        <svg key={p.id} aria-hidden="true" x={x - side / 2} y={y - side * 1.1} width={side} height={side * 1.2}>
          <SculptureSvg sculpture={place.sculpture} plinth={false} />
        </svg>
      )
    );
  });
};

/** The six terraces, bottom first, and what stands on them. */
const Terraces = ({ catalogue }: { catalogue: Catalogue }) => (
  <>
    {AREAS.map((area, i) => (
      <g key={area} class={areaClass(area)}>
        {levels[i] && <Deck {...levels[i]} />}
      </g>
    ))}
    {AREAS.map((area, i) => (
      <g key={area} class={areaClass(area)}>
        {levels[i] && <Row catalogue={catalogue} level={levels[i]} at={i} />}
      </g>
    )).reverse()}
  </>
);

/** The harbour; with a catalogue also the hill with its terraces. `wide` is for views much wider than high. */
export const Backdrop = ({ catalogue, wide }: { catalogue: Catalogue | null; wide: boolean }) => {
  drawn ??= drawCity();
  return (
    <svg class="backdrop" viewBox={wide ? '-420 330 1920 730' : `0 0 1080 ${foot}`} preserveAspectRatio="xMidYMax slice" aria-hidden="true" focusable="false">
      <defs>
        <linearGradient id="sky" x1="0" y1="0" x2="0" y2="1">
          {[0, 0.3, 0.62, 0.86, 1].map((offset, i) => (
            <stop key={offset} offset={offset} class={`sky-${i}`} />
          ))}
        </linearGradient>
        <linearGradient id="water" x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" class="water-0" />
          <stop offset="1" class="water-1" />
        </linearGradient>
      </defs>
      <rect x={left} y={-foot} width={right - left} height={foot + 1} class="sky-above" />
      <rect x={left} width={right - left} height={shore} fill="url(#sky)" />
      <path
        class="ridge"
        d={`M${left} ${shore}V560C-280 520 -120 540 0 500C60 475 190 470 260 420S400 300 470 296s80 40 150 60 150 20 220 90 150 40 240 60c160 20 300 30 440 60v74z`}
      />
      <path class="city-far" d={drawn.far} />
      <path class="city-near" d={drawn.near} />
      <path class="window-dark" d={drawn.dark} />
      <path class="window-lit" d={drawn.lit} />
      <rect x={left} y={shore} width={right - left} height={foot - shore} fill="url(#water)" />
      {catalogue && <Terraces catalogue={catalogue} />}
    </svg>
  );
};
