/** A small picture of a project beside its name: its model as rendered, else its sculpture as drawn. */
import type { Place } from './catalogue.ts';
import { ModelStill } from './model-still.tsx';
import { SculptureSvg } from './sculpture-svg.tsx';

export const Likeness = ({ place: { project, sculpture } }: { place: Place }) => {
  const drawn = <SculptureSvg sculpture={sculpture} plinth={false} />;
  return (
    <span class="likeness" aria-hidden="true">
      {project.model ? (
        <ModelStill model={project.model} alt="">
          {drawn}
        </ModelStill>
      ) : (
        drawn
      )}
    </span>
  );
};
