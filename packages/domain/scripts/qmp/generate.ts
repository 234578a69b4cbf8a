import {execFileSync} from 'node:child_process';
import {dirname, join} from 'node:path';
import {BareQemu, type BareQemuOptions} from './bare-qemu.ts';
import {formatQmpTypes} from './format-types.ts';
import {Schema} from './schema.ts';

const DOMAIN = dirname(dirname(import.meta.dirname));
/** Where the generated types are. */
export const QMP_TYPES_FILE = join(DOMAIN, 'src/drivers/qemu/qmp/qmp-types.ts');

/** The text of `qmp-types.ts`, from what a QEMU says of itself. */
export async function generateQmpTypes(options?: BareQemuOptions): Promise<string> {
	await using qemu = await BareQemu.start(options);
	const text = formatQmpTypes(new Schema(await qemu.qmp.execute('query-qmp-schema')));
	const oxfmt = join(DOMAIN, '../../node_modules/.bin/oxfmt');
	return execFileSync(oxfmt, ['--stdin-filepath', QMP_TYPES_FILE], {cwd: join(DOMAIN, '../..'), input: text, encoding: 'utf8'});
}
