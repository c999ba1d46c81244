/**
 * Runs in the browser: one model's file from the start of the page to its first picture in model-viewer, as its manual says, with all
 * that it asks for served from here. `window.firstFrame` is asked from outside.
 */

/** as large as the other pages' */
const width = 640;
const height = 480;

const frame = (): Promise<void> => new Promise((resolve) => requestAnimationFrame(() => resolve()));

const shown = async (url: string): Promise<{ sinceStartMs: number; draws: number }> => {
  // model-viewer reads this when it comes
  Object.assign(window, { ModelViewerElement: { meshoptDecoderLocation: '/meshopt_decoder.js' } });
  const viewer = document.createElement('model-viewer');
  viewer.style.cssText = `display:block;width:${width}px;height:${height}px`;
  viewer.setAttribute('loading', 'eager');
  viewer.setAttribute('src', url);
  const loaded = new Promise<void>((resolve, reject) => {
    viewer.addEventListener('load', () => resolve(), { once: true });
    viewer.addEventListener('error', () => reject(new Error('model-viewer could not show it')), { once: true });
  });
  document.body.replaceChildren(viewer);
  const script = document.createElement('script');
  script.type = 'module';
  script.src = '/model-viewer.min.js';
  document.head.append(script);
  await loaded;
  // it draws with the frame after; as with the others the picture is waited for until it is drawn
  await frame();
  const drawn = viewer.shadowRoot?.querySelector('canvas');
  const sample = document.createElement('canvas').getContext('2d');
  if (!drawn || !sample) throw new Error('model-viewer has no canvas');
  await frame();
  sample.drawImage(drawn, 0, 0);
  sample.getImageData(0, 0, 1, 1);
  return { sinceStartMs: performance.now(), draws: 1 };
};

Object.assign(window, { firstFrame: (_way: string, _entry: unknown, url: string) => shown(url) });
