/** The signs of the model's controls, which come with the first model. */
import { Icon } from '../ui/icons.tsx';

const Sign = ({ d, filled = false }: { d: string; filled?: boolean }) => (
  <Icon filled={filled}>
    <path d={d} />
  </Icon>
);

export const PartsIcon = () => <Sign d="M16 4 27 10v12l-11 6-11-6V10zM5 10l11 6 11-6M16 16v12" />;
export const PlayIcon = () => <Sign filled d="M10 6v20l16-10z" />;
export const PauseIcon = () => <Sign d="M11 7v18M21 7v18" />;
export const StopIcon = () => <Sign filled d="M9 9h14v14H9z" />;
export const ApartIcon = () => <Sign d="M11 11H5V5M21 11h6V5M11 21H5v6M21 21h6v6M13 13h6v6h-6z" />;
export const MoveIcon = () => <Sign d="M16 5a11 11 0 1 1-9.500 5.500M6 4v7h7M16 12v4l3 3" />;
export const TextIcon = () => <Sign d="M6 8h20M6 14h20M6 20h20M6 26h12" />;
