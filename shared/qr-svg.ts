/** A QR matrix as one SVG path: black on white with the full quiet zone of four modules (ISO/IEC 18004). */
export const quietModules = 4;

/** Width in modules, quiet zone included, and the path of the dark ones. `dark(row, column)` tells the matrix. */
export const qrPath = (size: number, dark: (row: number, column: number) => boolean): { modules: number; path: string } => {
  let path = '';
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      if (!dark(y, x)) continue;
      let run = 1;
      while (x + run < size && dark(y, x + run)) run++;
      path += `M${x + quietModules} ${y + quietModules}h${run}v1h-${run}z`;
      x += run - 1;
    }
  }
  return { modules: size + 2 * quietModules, path };
};

/** A whole SVG document of such a code. */
export const qrSvg = (size: number, dark: (row: number, column: number) => boolean): string => {
  const { modules, path } = qrPath(size, dark);
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${modules} ${modules}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${modules}v${modules}h-${modules}z"/><path d="${path}"/></svg>`;
};
