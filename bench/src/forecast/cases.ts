/** A guest, and a migration of it that is foretold and then made. */
export type ForecastCase = {
	readonly name: string;
	/** Of `domain create`. */
	readonly guest: readonly string[];
	/** Of `forecast` and `start`. */
	readonly migration: readonly string[];
};

type Load = {
	readonly memory: number;
	readonly hot?: number;
	readonly rate: number;
	readonly pattern?: 'hot-set' | 'sequential' | 'random';
	readonly content?: 'random' | 'text' | 'zero';
	readonly seed: number;
};

/** Sizes in MiB, rates in MB/s. */
function guest({memory, hot, rate, pattern = 'hot-set', content = 'random', seed}: Load): string[] {
	const words = `--memory ${memory}MiB --pattern ${pattern} --rate ${rate}MB/s --content ${content} --seed ${seed}`.split(' ');
	return pattern === 'hot-set' && hot !== undefined ? [...words, '--hot', `${hot}MiB`] : words;
}

function forecastCase(load: Load, migration = ''): ForecastCase {
	const {memory, hot, rate, pattern = 'hot-set', content = 'random'} = load;
	const what = `${memory} MiB ${content}, ${rate} MB/s ${pattern}${hot === undefined ? '' : ` ${hot} MiB`}`;
	return {
		name: migration === '' ? what : `${what}, ${migration.replaceAll('--', '')}`,
		guest: guest(load),
		migration: migration === '' ? [] : migration.split(' '),
	};
}

/** What the constants of `sender/src/forecast/fixed-costs.ts` come from: other sizes, seeds and limits than those that are scored. */
export const CALIBRATION: readonly ForecastCase[] = [
	forecastCase({memory: 96, rate: 0, seed: 901}, '--bandwidth 90MB/s'),
	forecastCase({memory: 192, rate: 4, hot: 3, seed: 902}, '--bandwidth 130MB/s'),
	forecastCase({memory: 384, rate: 8, hot: 6, seed: 903}),
	forecastCase({memory: 160, rate: 70, hot: 24, seed: 904}, '--bandwidth 110MB/s --max-downtime 80ms'),
	forecastCase({memory: 224, rate: 12, pattern: 'sequential', seed: 905}, '--bandwidth 70MB/s --max-downtime 150ms'),
	forecastCase({memory: 640, rate: 0, seed: 906}),
	forecastCase({memory: 320, rate: 6, hot: 12, content: 'text', seed: 907}, '--max-downtime 40ms'),
	forecastCase({memory: 144, rate: 3, hot: 2, seed: 908}, '--channels 2'),
];

/** Those that are scored. */
export const CASES: readonly ForecastCase[] = [
	forecastCase({memory: 64, rate: 0, seed: 301}),
	forecastCase({memory: 256, rate: 0, seed: 302}),
	forecastCase({memory: 512, rate: 0, content: 'text', seed: 303}),
	forecastCase({memory: 256, rate: 0, content: 'zero', seed: 304}, '--bandwidth 100MB/s'),
	forecastCase({memory: 128, rate: 2, hot: 1, seed: 305}, '--bandwidth 50MB/s --max-downtime 100ms'),
	forecastCase({memory: 128, rate: 10, hot: 8, seed: 306}, '--bandwidth 50MB/s --max-downtime 200ms'),
	forecastCase({memory: 256, rate: 20, hot: 16, seed: 307}, '--bandwidth 100MB/s --max-downtime 200ms'),
	forecastCase({memory: 256, rate: 20, hot: 64, seed: 308}, '--bandwidth 100MB/s --max-downtime 100ms'),
	forecastCase({memory: 256, rate: 20, hot: 64, seed: 309}, '--bandwidth 100MB/s --channels 2 --max-downtime 100ms'),
	forecastCase({memory: 128, rate: 10, pattern: 'sequential', seed: 310}, '--bandwidth 60MB/s --max-downtime 150ms'),
	forecastCase({memory: 128, rate: 10, pattern: 'random', seed: 311}, '--bandwidth 60MB/s --max-downtime 150ms'),
	forecastCase({memory: 128, rate: 15, hot: 32, content: 'text', seed: 312}, '--bandwidth 40MB/s --compression zstd --max-downtime 100ms'),
	forecastCase({memory: 256, rate: 10, hot: 16, content: 'text', seed: 313}, '--bandwidth 60MB/s --compression lz4 --max-downtime 100ms'),
	forecastCase({memory: 64, rate: 5, hot: 2, seed: 314}, '--bandwidth 20MB/s --max-downtime 300ms'),
	forecastCase({memory: 512, rate: 5, hot: 4, seed: 315}, '--bandwidth 150MB/s --max-downtime 50ms'),
	forecastCase({memory: 512, rate: 10, hot: 8, seed: 316}, '--max-downtime 50ms'),
	forecastCase({memory: 128, rate: 1, hot: 1, seed: 317}, '--bandwidth 60MB/s --compression none'),
	forecastCase({memory: 128, rate: 45, hot: 64, seed: 318}, '--bandwidth 50MB/s --max-downtime 100ms'),
	forecastCase({memory: 128, rate: 40, hot: 48, seed: 319}, '--bandwidth 50MB/s --max-downtime 100ms'),
	forecastCase({memory: 128, rate: 80, hot: 64, seed: 320}, '--bandwidth 40MB/s --max-downtime 50ms'),
	forecastCase({memory: 64, rate: 60, hot: 32, seed: 321}, '--bandwidth 25MB/s --max-downtime 30ms'),
	forecastCase({memory: 128, rate: 60, pattern: 'sequential', seed: 322}, '--bandwidth 40MB/s'),
	forecastCase({memory: 128, rate: 60, pattern: 'random', seed: 323}, '--bandwidth 40MB/s --max-iterations 3'),
	forecastCase({memory: 256, rate: 30, hot: 8, seed: 324}, '--bandwidth 80MB/s --max-downtime 30ms --max-iterations 12'),
];
