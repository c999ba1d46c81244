/** Line icons of one weight, 32 by 32, in the colour of the text. Decoration: a word or a label always stands with them. */
import type { ComponentChildren } from 'preact';

/** The frame of every icon; `filled` paints its shapes in the colour of the text too. */
export const Icon = ({ children, weight = 2.4, filled = false }: { children: ComponentChildren; weight?: number; filled?: boolean }) => (
  <svg
    class="icon"
    viewBox="0 0 32 32"
    width="1em"
    height="1em"
    fill={filled ? 'currentColor' : 'none'}
    stroke="currentColor"
    stroke-width={weight}
    stroke-linecap="round"
    stroke-linejoin="round"
    aria-hidden="true"
    focusable="false"
  >
    {children}
  </svg>
);

export const BackIcon = () => (
  <Icon>
    <path d="M20 6 10 16l10 10" />
  </Icon>
);
export const ForwardIcon = () => (
  <Icon>
    <path d="m12 6 10 10-10 10" />
  </Icon>
);
export const UpIcon = () => (
  <Icon>
    <path d="M6 20 16 10l10 10" />
  </Icon>
);
export const DownIcon = () => (
  <Icon>
    <path d="m6 12 10 10 10-10" />
  </Icon>
);
export const MapIcon = () => (
  <Icon>
    <path d="M3 25c4-2 9-3 13-3s9 1 13 3M6 18c3-1.500 7-2.200 10-2.200s7 .7 10 2.200M10 11.500c2-.8 4-1.200 6-1.200s4 .4 6 1.200M16 10V5" />
  </Icon>
);
export const RestartIcon = () => (
  <Icon>
    <path d="M6 16a10 10 0 1 0 3-7.100" />
    <path d="M9 3v6h6" />
  </Icon>
);
export const TurnLeftIcon = () => (
  <Icon>
    <path d="M9 11a10 10 0 1 1-2.5 8" />
    <path d="M8 4v8h8" />
  </Icon>
);
export const TurnRightIcon = () => (
  <Icon>
    <path d="M23 11a10 10 0 1 0 2.5 8" />
    <path d="M24 4v8h-8" />
  </Icon>
);
export const MinusIcon = () => (
  <Icon weight={2.8}>
    <path d="M6 16h20" />
  </Icon>
);
export const PlusIcon = () => (
  <Icon weight={2.8}>
    <path d="M16 6v20M6 16h20" />
  </Icon>
);
export const CentreIcon = () => (
  <Icon>
    <circle cx="16" cy="16" r="4" />
    <path d="M16 3v6M16 23v6M3 16h6M23 16h6" />
  </Icon>
);
export const AccessIcon = () => (
  <Icon>
    <circle cx="16" cy="6" r="2.600" />
    <path d="M5 11.500c7 2 15 2 22 0M12.500 13.200c0 7-1 10-3 15M19.500 13.200c0 7 1 10 3 15M12.500 20h7" />
  </Icon>
);
export const CodeIcon = () => (
  <Icon>
    <path d="M5 5h8v8H5zM19 5h8v8h-8zM5 19h8v8H5z" />
    <path d="M19 19h3v3h-3zM25 25h2M25 19h2M19 27h2" />
  </Icon>
);
export const PinIcon = () => (
  <Icon>
    <path d="M16 29s9-8.500 9-16a9 9 0 1 0-18 0c0 7.500 9 16 9 16z" />
    <circle cx="16" cy="13" r="3.200" />
  </Icon>
);
export const MedalIcon = () => (
  <Icon>
    <circle cx="16" cy="19" r="9" />
    <path d="M10 12 6 4h6l4 6 4-6h6l-4 8M16 15.500v7M12.500 19h7" />
  </Icon>
);
export const WindowIcon = () => (
  <Icon>
    <path d="M6 5h20v22H6zM16 5v22M6 16h20" />
  </Icon>
);
export const PierIcon = () => (
  <Icon>
    <path d="M4 13h24M7 13v9M16 13v9M25 13v9M3 27c3-2 5-2 8 0 3-2 6-2 9 0 3-2 6-2 9 0M10 13V6h12v7" />
  </Icon>
);
export const ListIcon = () => (
  <Icon>
    <path d="M5 8h3M13 8h14M5 16h3M13 16h14M5 24h3M13 24h14" />
  </Icon>
);
export const SurpriseIcon = () => (
  <Icon>
    <path d="M16 4v5M16 23v5M4 16h5M23 16h5M8 8l3.400 3.400M20.600 20.600 24 24M24 8l-3.400 3.400M11.400 20.600 8 24" />
    <circle cx="16" cy="16" r="2.600" />
  </Icon>
);
export const CheckIcon = () => (
  <Icon weight={3}>
    <path d="m6 17 7 7L26 9" />
  </Icon>
);
export const LargeIcon = () => (
  <Icon>
    <path d="M3 26 10 7l7 19M5.500 20h9M20 26l4.500-12L29 26M21.500 22.500h6" />
  </Icon>
);
export const LowIcon = () => (
  <Icon>
    <path d="M16 4v15M9 13l7 7 7-7M5 27h22" />
  </Icon>
);
export const ClockIcon = () => (
  <Icon>
    <circle cx="16" cy="17" r="11" />
    <path d="M16 10v7l5 3" />
  </Icon>
);
export const StillIcon = () => (
  <Icon weight={3}>
    <path d="M11 7v18M21 7v18" />
  </Icon>
);
export const NightIcon = () => (
  <Icon>
    <path d="M27 19.500A12 12 0 1 1 12.500 5 9.500 9.500 0 0 0 27 19.500z" />
  </Icon>
);
export const DayIcon = () => (
  <Icon>
    <circle cx="16" cy="16" r="5.500" />
    <path d="M16 3v4M16 25v4M3 16h4M25 16h4M6.800 6.800l2.800 2.800M22.400 22.400l2.800 2.800M25.200 6.800l-2.800 2.800M9.600 22.400l-2.800 2.800" />
  </Icon>
);
export const ContrastIcon = () => (
  <Icon>
    <circle cx="16" cy="16" r="11" />
    <path d="M16 5a11 11 0 0 1 0 22z" fill="currentColor" />
  </Icon>
);
export const InfoIcon = () => (
  <Icon>
    <circle cx="16" cy="16" r="12" />
    <path d="M16 15v8M16 9.500v.2" />
  </Icon>
);
export const SpeakIcon = () => (
  <Icon>
    <path d="M5 12v8h6l7 6V6l-7 6z" />
    <path d="M22.500 11.500a7 7 0 0 1 0 9M26 8a12 12 0 0 1 0 16" />
  </Icon>
);
export const ElderIcon = () => (
  <Icon>
    <circle cx="14" cy="6" r="3" />
    <path d="M14 12c-3.500 0-5 2.500-5 6v4l-3 6M9.500 20l6 3.500V28M11 13l3 5 6 1M23 18v10M20.500 18.200c.5-1.700 4-1.700 4.500.8" />
  </Icon>
);
export const StarIcon = ({ filled = false }: { filled?: boolean }) => (
  <Icon filled={filled}>
    <path d="m16 4 3.700 7.600 8.300 1.200-6 5.900 1.400 8.300L16 23l-7.400 4L10 18.700l-6-5.900 8.300-1.200z" />
  </Icon>
);
export const CrossIcon = () => (
  <Icon weight={3}>
    <path d="M8 8l16 16M24 8 8 24" />
  </Icon>
);
export const QuizIcon = () => (
  <Icon>
    <circle cx="16" cy="16" r="12" />
    <path d="M12.500 12.500c0-4.500 7-4.500 7 0 0 3-3.500 3-3.500 6M16 22.500v.2" />
  </Icon>
);
export const VoteIcon = () => (
  <Icon>
    <path d="M5 14h22v13H5zM10 14l3-9h8l-2 9M13 20h6" />
  </Icon>
);
/** A face: its mouth curves with the rating, 1 up, 0 straight, -1 down. */
export const FaceIcon = ({ mood }: { mood: 1 | 0 | -1 }) => (
  <Icon>
    <circle cx="16" cy="16" r="12" />
    <path d={`M11 12v1.500M21 12v1.500M10.500 ${20 - mood}q5.500 ${mood * 5} 11 0`} />
  </Icon>
);
