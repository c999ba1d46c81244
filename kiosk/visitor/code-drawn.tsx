/** A QR code as a picture. Loaded apart, since nobody needs it before a visit has begun: see `code.tsx`. */
import QRCode from 'qrcode';
import { qrPath } from '../../shared/qr-svg.ts';

/** Draws `text`: a short upper-case link bears level Q, a long address M. */
export const CodeDrawn = ({ text, alt, sizePx }: { text: string; alt: string; sizePx: number }) => {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: text.length <= 48 ? 'Q' : 'M' });
  const drawn = qrPath(modules.size, (row, column) => modules.get(row, column) === 1 || (modules.get(row, column) as unknown) === true);
  const ratio = window.devicePixelRatio || 1;
  const side = (Math.max(1, Math.floor((sizePx * ratio) / drawn.modules)) * drawn.modules) / ratio;
  return (
    <svg class="qr" role="img" aria-label={alt} width={side} height={side} viewBox={`0 0 ${drawn.modules} ${drawn.modules}`} shape-rendering="crispEdges">
      <path class="qr-light" d={`M0 0h${drawn.modules}v${drawn.modules}h-${drawn.modules}z`} />
      <path class="qr-dark" d={drawn.path} />
    </svg>
  );
};
