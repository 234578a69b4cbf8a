import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** A directory of a test's own, gone with it. */
export class TemporaryDirectory implements Disposable {
	readonly path: string;

	/** `parent`: of the system's where undefined. */
	constructor(parent = os.tmpdir()) {
		this.path = fs.mkdtempSync(path.join(parent, 'sterna-transport-'));
	}

	file(name: string): string {
		return path.join(this.path, name);
	}

	[Symbol.dispose](): void {
		fs.rmSync(this.path, {recursive: true, force: true});
	}
}
