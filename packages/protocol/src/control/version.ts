/** Range of control protocol versions that this build speaks. Raised whenever a message changes in a way that an older peer would get wrong. */
export const CONTROL_VERSIONS: VersionRange = {min: 1, max: 1};

/** Versions from `min` to `max`, both included. */
export type VersionRange = {readonly min: number; readonly max: number};

/** The highest version of both ranges; undefined when they have none in common. docs/spec/control.md section 2. */
export function highestCommonVersion(ours: VersionRange, theirs: VersionRange): number | undefined {
	const highest = Math.min(ours.max, theirs.max);
	return highest >= Math.max(ours.min, theirs.min) ? highest : undefined;
}

/** A range as text: `1` or `1 to 3`. */
export function describeVersions(range: VersionRange): string {
	return range.min === range.max ? String(range.min) : `${range.min} to ${range.max}`;
}
