/** The six smart areas, in the order of their terraces from the water up. */
export const AREAS = ['living', 'mobility', 'people', 'environment', 'government', 'economy'] as const;
export type Area = (typeof AREAS)[number];
