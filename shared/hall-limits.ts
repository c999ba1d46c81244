/** How full a hall may be, as shares of its safe capacity: alerts and screens use the same. */
export const capacityAmber = 0.8;
export const capacityRed = 0.95;
/** an alert of a full hall is cleared only below this */
export const capacityClear = 0.75;
