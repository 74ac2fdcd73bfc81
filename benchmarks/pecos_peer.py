"""XR-Linear of PECOS at its default settings, the parts of a comparison that benchmarks/xr-linear.sh times.

pecos_peer.py convert DATA.txt OUTPUT        from the XML repository's form into OUTPUT.X.npz and OUTPUT.Y.npz, rows of unit length
pecos_peer.py train DATA MODEL               train on DATA.X.npz and DATA.Y.npz
pecos_peer.py predict MODEL DATA OUTPUT.npz  predict the ten best labels of each document; prints microseconds a document in one thread
"""
import sys
import time

import numpy
import scipy.sparse


def convert(source, output):
    with open(source) as lines:
        documents, features, labels = map(int, next(lines).split())
        own, columns, values, lengths = [], [], [], []
        for line in lines:
            names, _, rest = line.partition(" ")
            own.append([int(name) for name in names.split(",") if name])
            pairs = rest.replace(":", " ").split()
            columns.append(numpy.array(pairs[::2], dtype="int32"))
            values.append(numpy.array(pairs[1::2], dtype="float32"))
            lengths.append(len(pairs) // 2)
    rows = numpy.concatenate([[0], numpy.cumsum(lengths)])
    x = scipy.sparse.csr_matrix((numpy.concatenate(values), numpy.concatenate(columns), rows), shape=(documents, features))
    norms = numpy.sqrt(numpy.add.reduceat(numpy.append(x.data**2, 0), rows[:-1]) * (numpy.diff(rows) > 0))
    x.data /= numpy.repeat(numpy.where(norms > 0, norms, 1), lengths).astype("float32")
    x.sort_indices()
    pairs = [(row, label) for row, some in enumerate(own) for label in some]
    y = scipy.sparse.csr_matrix((numpy.ones(len(pairs), "float32"), tuple(zip(*pairs))), shape=(documents, labels))
    scipy.sparse.save_npz(output + ".X.npz", x, compressed=False)
    scipy.sparse.save_npz(output + ".Y.npz", y, compressed=False)


def train(data, model):
    from pecos.xmc import Indexer, LabelEmbeddingFactory
    from pecos.xmc.xlinear.model import XLinearModel

    x, y = scipy.sparse.load_npz(data + ".X.npz"), scipy.sparse.load_npz(data + ".Y.npz")
    # The same calls as pecos.xmc.xlinear.train makes without options.
    clusters = Indexer.gen(LabelEmbeddingFactory.create(y, x, method="pifa"), indexer_type="hierarchicalkmeans", max_leaf_size=100, nr_splits=16)
    XLinearModel.train(x, y, C=clusters, negative_sampling_scheme="tfn", threshold=0.1, threads=2).save(model)


def predict(model, data, output):
    from pecos.xmc.xlinear.model import XLinearModel

    # In the form that PECOS recommends for prediction alone.
    loaded, x = XLinearModel.load(model, is_predict_only=True), scipy.sparse.load_npz(data + ".X.npz")
    times = []
    for _ in range(5):
        start = time.process_time()
        scores = loaded.predict(x, beam_size=10, only_topk=10, threads=1)
        times.append(time.process_time() - start)
    print(f"{1e6 * sorted(times)[2] / x.shape[0]:.0f}")
    scipy.sparse.save_npz(output, scores.tocsr())


if __name__ == "__main__":
    {"convert": convert, "train": train, "predict": predict}[sys.argv[1]](*sys.argv[2:])
