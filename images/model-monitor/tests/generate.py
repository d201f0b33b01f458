"""Writes generated rows into S3: `python -m tests.generate s3://bucket/key.parquet`."""

import argparse
import io

import numpy as np

from model_monitor import s3

from .support import rows


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("uri")
    parser.add_argument("--rows", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--shift", type=float, default=0.0, help="of age, in standard deviations; price grows with it")
    parser.add_argument("--without", default="", help="a column that is left out")
    parser.add_argument("--wrong", type=float, default=0.0, help="share of the answers that are turned round besides")
    options = parser.parse_args()
    frame = rows(options.rows, options.seed, options.shift)
    frame["price"] *= 1 + options.shift
    turned = np.random.default_rng(options.seed).random(len(frame)) < options.wrong
    frame["answer"] = np.where(turned, 1 - frame["answer"], frame["answer"])
    bucket, key = s3.split(options.uri)
    data = io.BytesIO()
    frame.drop(columns=[options.without] if options.without else []).to_parquet(data)
    s3.client().put_object(Bucket=bucket, Key=key, Body=data.getvalue())


if __name__ == "__main__":
    main()
