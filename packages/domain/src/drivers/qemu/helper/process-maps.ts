/** One line of /proc/PID/maps: a mapping of another process. */
export type ProcessMapping = {
	/** Address of the first byte. User addresses are below 2^47, so exact. */
	readonly start: number;
	/** Address behind the last byte. */
	readonly end: number;
	readonly readable: boolean;
	readonly writable: boolean;
	readonly executable: boolean;
	readonly shared: boolean;
	/** Where in the file it begins, in bytes. */
	readonly fileOffset: number;
	/** Of the file; 0 for anonymous memory. */
	readonly inode: number;
	/** The file's path, `[stack]` and the like, `… (deleted)` for a file that has no name any more; empty for anonymous memory. */
	readonly path: string;
};

const LINE = /^([0-9a-f]+)-([0-9a-f]+) ([r-])([w-])([x-])([sp]) ([0-9a-f]+) [0-9a-f]+:[0-9a-f]+ (\d+)(?: +(.*))?$/;

/** Parses /proc/PID/maps. Lines that it does not know are no mappings. */
export function parseProcessMaps(text: string): ProcessMapping[] {
	const mappings: ProcessMapping[] = [];
	for (const line of text.split('\n')) {
		const [, start, end, r, w, x, s, offset, inode, path] = LINE.exec(line) ?? [];
		if (start === undefined || end === undefined || offset === undefined) continue;
		mappings.push({
			start: Number.parseInt(start, 16),
			end: Number.parseInt(end, 16),
			readable: r === 'r',
			writable: w === 'w',
			executable: x === 'x',
			shared: s === 's',
			fileOffset: Number.parseInt(offset, 16),
			inode: Number(inode),
			path: path ?? '',
		});
	}

	return mappings;
}
