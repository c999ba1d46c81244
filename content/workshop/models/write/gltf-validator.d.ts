/** The part of Khronos' validator that the workshop uses; the package brings no types. */
declare module 'gltf-validator' {
  export type Issue = { code: string; message: string; severity: number; pointer?: string };
  export type Report = { issues: { numErrors: number; numWarnings: number; numInfos: number; messages: Issue[] }; info?: { totalTriangleCount?: number; drawCallCount?: number } };
  export function validateBytes(bytes: Uint8Array, options?: { maxIssues?: number }): Promise<Report>;
}
