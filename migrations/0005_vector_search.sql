-- A vector up to a page stays in its row: out of line, every comparison of an exact scan looks it up piece by piece,
-- which takes about 1.7 times as long at 1,536 dimensions. Rows written before keep theirs where it is.
ALTER TABLE chunk_embeddings SET (toast_tuple_target = 8160);
