/** Two flows over the last hour as lines from zero, labelled at their ends in their own colour. The last step is not over: it is dashed. */
import { useSize } from './size.ts';

type Props = { ins: readonly number[]; outs: readonly number[]; labels: { in: string; out: string }; summary: string };

/** px from the ends of the lines to the edge, for the labels; labels closer than their height are moved apart */
const labelEms = 2.7;

const line = (points: readonly [number, number][]): string => points.map(([x, y], i) => `${i ? 'L' : 'M'}${x.toFixed(1)} ${y.toFixed(1)}`).join('');

type DrawnProps = Props & { width: number; height: number; em: number };
const Drawn = ({ ins, outs, labels, width, height, em }: DrawnProps) => {
  const most = Math.max(1, ...ins, ...outs);
  const [right, ground, top] = [width - em * labelEms, height - 2, em * 0.5];
  const place = (values: readonly number[]) => values.map((v, i): [number, number] => [(i / Math.max(1, values.length - 1)) * right, ground - 2 - (v / most) * (ground - 2 - top)]);
  const flows = [
    { name: 'out', points: place(outs), label: labels.out },
    { name: 'in', points: place(ins), label: labels.in },
  ];
  const [a = 0, b = 0] = flows.map((f) => f.points.at(-1)?.[1] ?? ground);
  const apart = Math.max(0, (em * 1.1 - Math.abs(a - b)) / 2);
  const middle = Math.min(ground - em * 0.5 - apart, Math.max(em * 0.6 + apart, (a + b) / 2));
  const half = Math.abs(a - b) / 2 + apart;
  const labelAt = a < b ? [middle - half, middle + half] : [middle + half, middle - half];
  return (
    <>
      <path class="ground" d={`M0 ${ground}H${right}`} />
      {flows.map(({ name, points, label }, i) => {
        const last = points.at(-1);
        return (
          last && (
            <g key={name} class={name}>
              <path d={line(points.slice(0, -1))} />
              <path class="open" d={line(points.slice(-2))} />
              <circle cx={last[0]} cy={last[1]} r={em * 0.24} />
              <text x={right + em * 0.6} y={(labelAt[i] ?? 0) + em * 0.36}>
                {label}
              </text>
            </g>
          )
        );
      })}
    </>
  );
};

export const Sparkline = (props: Props) => {
  const [box, size] = useSize<HTMLDivElement>();
  const em = size && box.current ? Number.parseFloat(getComputedStyle(box.current).fontSize) : 16;
  return (
    <div class="spark" ref={box} role="img" aria-label={props.summary}>
      {size && (
        <svg width={size.width} height={size.height} aria-hidden="true">
          <Drawn {...props} {...size} em={em} />
        </svg>
      )}
    </div>
  );
};
