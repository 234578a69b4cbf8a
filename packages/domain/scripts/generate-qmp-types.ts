/**
 * `npm run generate:qmp [-- --check] [BINARY]`: makes packages/domain/src/drivers/qemu/qmp/qmp-types.ts from what a QEMU 7.2 says of itself.
 * With `--check` it writes nothing, and fails when the committed file differs. BINARY is `qemu-system-x86_64` where not given.
 */
import {readFileSync, writeFileSync} from 'node:fs';
import {parseArgs} from 'node:util';
import {generateQmpTypes, QMP_TYPES_FILE} from './qmp/generate.ts';

const {
	values: {check},
	positionals: [binary],
} = parseArgs({options: {check: {type: 'boolean', default: false}}, allowPositionals: true});

const text = await generateQmpTypes(binary === undefined ? {} : {binary});
if (!check) {
	writeFileSync(QMP_TYPES_FILE, text);
} else if (readFileSync(QMP_TYPES_FILE, 'utf8') !== text) {
	console.error('qmp-types.ts is not what this QEMU says of itself: run `npm run generate:qmp` with QEMU 7.2');
	process.exitCode = 1;
}
