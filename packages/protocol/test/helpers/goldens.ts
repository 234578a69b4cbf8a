import {execFileSync} from 'node:child_process';
import path from 'node:path';

/** The streams that a real Xen wrote, beside the checkout. */
const GOLDEN_DIR = path.join(import.meta.dirname, '../../../../../shared/golden/xen');
const MAX_STREAM_BYTES = 256 * 1024 * 1024;

/** What the streams' own README says of one of them. */
export type Golden = {
	readonly name: string;
	readonly sizeBytes: number;
	readonly sha256: string;
	readonly wholeCheckpoints: number;
	readonly pageEntries: number;
	/** Records by layer and name. */
	readonly records: Readonly<Record<string, number>>;
};

export const GOLDENS: readonly Golden[] = [
	{
		name: 'pv-save-c.xl',
		sizeBytes: 100_873_191,
		sha256: '592d84ce6b523abefd7289bb163cdf71889beb014dd926bf8eaed354db0dcf7d',
		wholeCheckpoints: 0,
		pageEntries: 24_576,
		records: {
			'libxl LIBXC_CONTEXT': 1,
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
	},
	{
		name: 'hvm-save-c.xl',
		sizeBytes: 125_805_267,
		sha256: 'eef92461ba532e48f48fe048f823175cfa0303f9ab2c1f6bedd9b905e4a5c60f',
		wholeCheckpoints: 0,
		pageEntries: 1_044_480,
		records: {
			'libxl LIBXC_CONTEXT': 1,
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
	},
	{
		name: 'pvh-remus.stream',
		sizeBytes: 122_417_914,
		sha256: '31e9166e2e6d18feb1f6022937b213f4f5cff6483b73413a081e72b5f7be4167',
		wholeCheckpoints: 5,
		pageEntries: 1_047_721,
		records: {
			'libxl LIBXC_CONTEXT': 1,
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
	},
];

/** Unpacks one stream into memory. */
export function readGolden(name: string): Buffer {
	return execFileSync('xz', ['-dc', path.join(GOLDEN_DIR, `${name}.xz`)], {maxBuffer: MAX_STREAM_BYTES});
}
