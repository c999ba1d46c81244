/**
 * A file as QR codes, one after the other on the glass: black on white, level M, whole pixels a module, as large as the window allows and
 * 120 mm on the glass at the least, where it is that large. It plays by itself; it can be stopped, stepped, made slower, and sent to a number that the reader missed.
 */
import { useEffect, useState } from 'preact/hooks';
import QRCode from 'qrcode';
import { qrPath } from '../../shared/qr-svg.ts';
import type { MaintenanceWords } from '../words/maintenance.ts';
import { frameAt } from './maintenance-export.ts';

export const codeMmMin = 120;
const paceSeconds = [0.5, 1, 2, 4] as const;
const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9', '0'] as const;

const Frame = ({ text, alt, sizePx, leastPx }: { text: string; alt: string; sizePx: number; leastPx: number }) => {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' });
  const drawn = qrPath(modules.size, (row, column) => Boolean(modules.get(row, column)));
  const ratio = window.devicePixelRatio || 1;
  const whole = Math.max(Math.ceil((leastPx * ratio) / drawn.modules), Math.floor((sizePx * ratio) / drawn.modules), 1);
  const side = (whole * drawn.modules) / ratio;
  return (
    <svg class="carry-code" role="img" aria-label={alt} width={side} height={side} viewBox={`0 0 ${drawn.modules} ${drawn.modules}`} shape-rendering="crispEdges">
      <path fill="#fff" d={`M0 0h${drawn.modules}v${drawn.modules}h-${drawn.modules}z`} />
      <path fill="#000" d={drawn.path} />
    </svg>
  );
};

export const Codes = ({ w, bytes, tag, of, pxPerMm, onBack }: { w: MaintenanceWords; bytes: Uint8Array; tag: string; of: number; pxPerMm: number; onBack(): void }) => {
  const [at, setAt] = useState(0);
  const [plays, setPlays] = useState(of > 1);
  const [pace, setPace] = useState(1);
  const [typed, setTyped] = useState('');
  const seconds = paceSeconds[pace] ?? 1;
  useEffect(() => {
    if (!plays) return;
    const timer = setInterval(() => setAt((n) => (n + 1) % of), seconds * 1_000);
    return () => clearInterval(timer);
  }, [plays, seconds, of]);
  const step = (by: number): void => {
    setPlays(false);
    setAt((n) => (n + by + of) % of);
  };
  const wanted = Number(typed);
  const isThere = wanted >= 1 && wanted <= of;
  const shortPx = Math.min(window.innerWidth, window.innerHeight) * 0.86;
  const sizePx = Math.min(window.innerWidth * 0.81, window.innerHeight * 0.62);
  return (
    <div class="carry">
      <div class="carry-glass">
        <Frame text={frameAt(bytes, tag, at)} alt={w.codeAlt(String(at + 1), String(of))} sizePx={sizePx} leastPx={Math.min(codeMmMin * pxPerMm, shortPx)} />
        <p class="carry-count">
          {w.code(String(at + 1), String(of))}
          {of > 1 && ` · ${w.speed(String(seconds))}`}
        </p>
      </div>
      <div class="carry-acts">
        <button type="button" class="btn" onClick={() => step(-1)}>
          {w.previous}
        </button>
        <button type="button" class="btn" onClick={() => setPlays(!plays)}>
          {plays ? w.pause : w.play}
        </button>
        <button type="button" class="btn" onClick={() => step(1)}>
          {w.next}
        </button>
        <button type="button" class="btn" disabled={pace === paceSeconds.length - 1} onClick={() => setPace(pace + 1)}>
          {w.slower}
        </button>
        <button type="button" class="btn" disabled={pace === 0} onClick={() => setPace(pace - 1)}>
          {w.faster}
        </button>
        <button type="button" class="btn" onClick={onBack}>
          {w.back}
        </button>
      </div>
      <div class="carry-keys">
        {digits.map((d) => (
          <button type="button" class="btn" key={d} onClick={() => setTyped((t) => (t + d).slice(-4))}>
            {d}
          </button>
        ))}
        <button type="button" class="btn carry-erase" disabled={typed === ''} onClick={() => setTyped('')}>
          {w.erase}
        </button>
        <button
          type="button"
          class="btn"
          disabled={!isThere}
          onClick={() => {
            setPlays(false);
            setAt(wanted - 1);
            setTyped('');
          }}
        >
          {w.jump} {typed}
        </button>
      </div>
    </div>
  );
};
