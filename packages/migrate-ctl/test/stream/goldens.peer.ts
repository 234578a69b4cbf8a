import {spawn} from 'node:child_process';
import {once} from 'node:events';
import {open} from 'node:fs/promises';
import test from 'ava';
import {jsonLines, MAIN, migrateCtl} from '../helpers/cli.ts';
import {TemporaryDirectory} from '../helpers/streams.ts';

/** What the README beside the streams says of each. */
const GOLDENS = [
	{
		name: 'pv-save-c.xl',
		status: 0,
		records: {
			'xl XL_HEADER': 1,
			'libxl LIBXL_HEADER': 1,
			'libxl LIBXC_CONTEXT': 1,
			'libxc IMAGE_HEADER': 1,
			'libxc DOMAIN_HEADER': 1,
			'libxc X86_PV_INFO': 1,
			'libxc X86_CPUID_POLICY': 1,
			'libxc X86_MSR_POLICY': 1,
			'libxc STATIC_DATA_END': 1,
			'libxc X86_PV_P2M_FRAMES': 1,
			'libxc PAGE_DATA': 24,
			'libxc X86_TSC_INFO': 1,
			'libxc SHARED_INFO': 1,
			'libxc X86_PV_VCPU_BASIC': 1,
			'libxc X86_PV_VCPU_EXTENDED': 1,
			'libxc X86_PV_VCPU_XSAVE': 1,
			'libxc END': 1,
			'libxl END': 1,
		},
		types: {NOTAB: 24_409, L1TAB: 40, L2TAB: 14, L3TAB: 74, 'L1TAB|PIN': 31, 'L3TAB|PIN': 1, 'L4TAB|PIN': 7},
		sums: ['24576 c337cc2f261656c0e6b1492f156e802dfa16d7cf10e4b679ec51e1067c81abc4'],
	},
	{
		name: 'hvm-save-c.xl',
		status: 0,
		records: {
			'xl XL_HEADER': 1,
			'libxl LIBXL_HEADER': 1,
			'libxl LIBXC_CONTEXT': 1,
			'libxc IMAGE_HEADER': 1,
			'libxc DOMAIN_HEADER': 1,
			'libxc X86_CPUID_POLICY': 1,
			'libxc X86_MSR_POLICY': 1,
			'libxc STATIC_DATA_END': 1,
			'libxc PAGE_DATA': 1020,
			'libxc X86_TSC_INFO': 1,
			'libxc HVM_CONTEXT': 1,
			'libxc HVM_PARAMS': 1,
			'libxc END': 1,
			'libxl EMULATOR_CONTEXT': 1,
			'libxl END': 1,
		},
		types: {NOTAB: 28_667, XTAB: 1_015_813},
		sums: ['28667 2c3fd1510cca81596eff3bb5055c5a68d4d3b84de5ea71e3d7e11161ea99c950'],
	},
	{
		name: 'pvh-remus.stream',
		status: 3,
		records: {
			'xl XL_HEADER': 1,
			'libxl LIBXL_HEADER': 1,
			'libxl LIBXC_CONTEXT': 1,
			'libxc IMAGE_HEADER': 1,
			'libxc DOMAIN_HEADER': 1,
			'libxc X86_CPUID_POLICY': 1,
			'libxc X86_MSR_POLICY': 1,
			'libxc STATIC_DATA_END': 1,
			'libxc PAGE_DATA': 1028,
			'libxc X86_TSC_INFO': 5,
			'libxc HVM_CONTEXT': 5,
			'libxc HVM_PARAMS': 5,
			'libxc CHECKPOINT': 5,
			'libxl CHECKPOINT_END': 5,
		},
		types: {NOTAB: 27_833, XTAB: 1_019_888},
		sums: [
			'24592 8335238ef9c454f9e9ba0428a4be505db6e24c2c15f24d1d83a7df7a1d5b3936',
			'24592 e4d896c0a640543f3db6a6fd0288d698998c91e7541d5b044fab9341b0afab7b',
			'24592 8415a27a3d168ab8d4d64c4bebeedc3cabb90d2b80e8da0a92ecac9c0d12b9c4',
			'24592 4efab3faf3efb0765729c4349de51102aed6da57b65b67000b1478c5bac494ae',
			'24592 67d510ae21dd921bc328a53b70c5a7caf55db9ae73ac495aad7c30ffe78b2890',
		],
	},
] as const;

for (const golden of GOLDENS) {
	test.serial(`${golden.name} is inspected and verified with the records and memory sums of its README`, async t => {
		using directory = new TemporaryDirectory();
		const file = await directory.golden(golden.name);
		const {status, stdout, stderr} = await migrateCtl(['stream', 'inspect', file, '--json', '--memory-sum']);
		t.is(stderr, '');
		t.is(status, golden.status);
		const records: Record<string, number> = {};
		const types: Record<string, number> = {};
		const sums: string[] = [];
		for (const line of jsonLines(stdout)) {
			if ('result' in line) continue;
			const key = `${String(line['layer'])} ${String(line['name'])}`;
			records[key] = (records[key] ?? 0) + 1;
			if ('memorySha256' in line) sums.push(`${String(line['memoryPages'])} ${String(line['memorySha256'])}`);
			for (const [type, count] of Object.entries((line['types'] ?? {}) as Record<string, number>)) types[type] = (types[type] ?? 0) + count;
		}

		t.deepEqual(records, golden.records);
		t.deepEqual(types, golden.types);
		t.deepEqual(sums, [...golden.sums]);
		const verified = await migrateCtl(['stream', 'verify', file, '--json']);
		t.is(verified.status, golden.status);
		t.like(jsonLines(verified.stdout).at(-1), {result: {wholeCheckpoints: golden.status === 3 ? 5 : 0, notChecked: []}});

		// The same through a pipe, where nothing can be stepped over or read twice.
		const input = await open(file);
		const child = spawn(process.execPath, [MAIN, 'stream', 'verify', '-'], {stdio: ['pipe', 'ignore', 'inherit']});
		input.createReadStream().pipe(child.stdin);
		const [piped] = (await once(child, 'close')) as [number];
		t.is(piped, golden.status);
	});
}
