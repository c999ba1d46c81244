/**
 * Khronos' validator on a GLB and on its uncompressed twin: the validator cannot look inside EXT_meshopt_compression, so the packed file
 * alone proves nothing about its normals and indices.
 */
import { NodeIO } from '@gltf-transform/core';
import { ALL_EXTENSIONS } from '@gltf-transform/extensions';
import validator, { type Issue } from 'gltf-validator';
import { MeshoptDecoder, MeshoptEncoder } from 'meshoptimizer';

const severityWarning = 1;
const issuesMax = 50;

/** Reads and writes meshopt GLBs. */
export const meshoptIo = async (): Promise<NodeIO> => {
  await Promise.all([MeshoptEncoder.ready, MeshoptDecoder.ready]);
  return new NodeIO().registerExtensions(ALL_EXTENSIONS).registerDependencies({ 'meshopt.encoder': MeshoptEncoder, 'meshopt.decoder': MeshoptDecoder });
};

const problems = async (bytes: Uint8Array): Promise<Issue[]> => {
  const report = await validator.validateBytes(bytes, { maxIssues: issuesMax });
  return report.issues.messages.filter((issue) => issue.severity <= severityWarning);
};

/** Errors and warnings of the file and of its twin; empty when both are clean. */
export const issuesOf = async (glb: Uint8Array): Promise<string[]> => {
  const io = await meshoptIo();
  const twin = await io.readBinary(glb);
  for (const extension of twin.getRoot().listExtensionsUsed()) if (extension.extensionName === 'EXT_meshopt_compression') extension.dispose();
  const found = [...(await problems(glb)), ...(await problems(await io.writeBinary(twin)))];
  return found.map((issue) => `${issue.code} ${issue.message} ${issue.pointer ?? ''}`.trim());
};
