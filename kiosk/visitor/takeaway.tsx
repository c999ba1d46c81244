/** K5: the code to take home. Black on white in every theme, whole pixels a module, with the address to type and the three steps. */
import { listPath, qrText } from '../../shared/links.ts';
import type { Content, PlacedProject } from '../../shared/pack.ts';
import type { Lang } from '../../shared/words.ts';
import { BackIcon, ForwardIcon } from '../ui/icons.tsx';
import { neighbour, type Place, type Trail } from './catalogue.ts';
import { Code } from './code.tsx';
import { areaClass, type Desk, projectScreen, titleSize } from './desk.ts';
import { Bar, Heading, View } from './parts.tsx';

/** the code's width on the glass, quiet zone included */
const codeMm = 296;
const codeMmLandscape = 330;

/** what stands below the code, and its panel's rim: where all must be within reach the code has the rest, mm */
const underCodeMm = { portrait: 178, landscape: 150 } as const;
/** where words are large, wide screens have this much less of it, mm */
const largeMm = 16;

/** How wide a code is drawn, px. */
export const codePx = ({ portrait, pxPerMm, reachPx, visit }: Pick<Desk, 'portrait' | 'pxPerMm' | 'reachPx' | 'visit'>): number => {
  const wanted = (portrait ? codeMm : codeMmLandscape) * pxPerMm;
  const { low, large, elder } = visit.modes;
  const under = portrait ? underCodeMm.portrait : underCodeMm.landscape + (large || elder ? largeMm : 0);
  return low ? Math.min(wanted, reachPx - under * pxPerMm) : wanted;
};

/**
 * What the code carries and what can be typed instead. Where short links might lead nowhere (the hub away, or their address dead) the
 * code carries the destination itself.
 */
export const handoff = (content: Content, project: PlacedProject, lang: Lang, shortLinks: boolean): { text: string; typed: string; code: string } => {
  const short = shortLinks && content.mode === 'redirect' && content.origin !== null;
  const text = qrText(short ? content : { ...content, mode: 'direct' }, project, lang);
  if (!short || content.origin === null) return { text, typed: text.replace(/^https:\/\//, '').replace(/\/$/, ''), code: '' };
  return { text, typed: new URL(content.origin).host, code: `/q/${project.code}` };
};

/**
 * What one code for several projects carries: a short link that names them all; without the hub, or where it has no public address, their
 * names as text, which a phone shows and keeps without any page behind it.
 */
export const handoffList = (content: Content, projects: readonly PlacedProject[], lang: Lang, shortLinks: boolean): { text: string; isLink: boolean } => {
  const codes = projects.map((p) => p.code);
  if (shortLinks && content.mode === 'redirect' && content.origin !== null && codes.every((c) => c !== ''))
    return { text: content.origin.toUpperCase() + listPath(codes, lang), isLink: true };
  const head = content.packs.find((p) => p.id === content.showcase);
  return { text: [head?.name[lang] ?? '', ...projects.map((p, i) => `${i + 1} ${p.name[lang]}`), head?.home[lang] ?? ''].join('\n'), isLink: false };
};

export const Takeaway = ({ desk, trail, place }: { desk: Desk; trail: Trail; place: Place }) => {
  const { w, lang, catalogue, link } = desk;
  const { project } = place;
  const out = handoff(catalogue.content, project, lang, desk.shortLinks);
  const own = project.link !== undefined;
  const title = own ? w.takeaway.titleProject(project.name[lang]) : w.takeaway.titleSite;
  const next = neighbour(trail, project.id, 1);
  return (
    <main class={`screen takeaway ${areaClass(project.area)}`}>
      <div class="takeaway-head">
        {!own && <p class="takeaway-name">{project.name[lang]}</p>}
        <Heading about={`code ${project.id}`} className={`song ${titleSize(title)}`}>
          {title}
        </Heading>
        <p class="takeaway-promise">{own ? w.takeaway.promiseProject : w.takeaway.promiseSite}</p>
      </div>
      <View desk={desk} sculpture={place.sculpture} area={project.area} />
      <div class="qr-panel">
        <Code text={out.text} alt={w.takeaway.alt(out.typed + out.code)} sizePx={codePx(desk)} />
        <div class="qr-side">
          <p class="qr-small">{w.takeaway.orType}</p>
          <p class="qr-address" lang="en">
            {out.typed.split(/(?<=[./?=&])/).map((part, i) => (
              <>
                {i > 0 && <wbr />}
                {part}
              </>
            ))}
          </p>
          {out.code && (
            <p class="qr-code" lang="en">
              {out.code}
            </p>
          )}
          {!link.online && catalogue.content.mode === 'redirect' && <p class="qr-offline">{w.takeaway.offline}</p>}
        </div>
      </div>
      <ol class="steps">
        {w.takeaway.steps.map((text, i) => (
          <li key={text}>
            <b>{i + 1}</b>
            <span>{text}</span>
          </li>
        ))}
      </ol>
      <div class="acts takeaway-acts">
        <div class="main-row">
          <button type="button" class="btn" onClick={() => desk.act({ kind: 'returned' })}>
            <BackIcon />
            {w.takeaway.back}
          </button>
          {next && (
            <button type="button" class="btn primary" onClick={() => desk.go(projectScreen(trail.id, next, 'next'))}>
              {w.takeaway.next}
              <ForwardIcon />
            </button>
          )}
        </div>
      </div>
      <Bar desk={desk} />
    </main>
  );
};
