/** The mark of the house: four lit windows. */
export const Brand = () => (
  <span class="brand" aria-hidden="true">
    <i />
    <i />
    <i />
    <i />
  </span>
);
