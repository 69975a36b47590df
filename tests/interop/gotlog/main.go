// SPDX-License-Identifier: Apache-2.0

// gotlog DIR VKEY [OLD_CHECKPOINT...]: reads an exported ledger with Go's own sumdb/tlog and
// sumdb/note, which know nothing of onus, and checks the signature, every entry's hash, every
// inclusion proof and every consistency proof from the older checkpoints.
package main

import (
	"encoding/binary"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type folder string

func (folder) Height() int                           { return 8 }
func (folder) SaveTiles(tiles []tlog.Tile, _ [][]byte) {}

// Go's paths have the height in front: "tile/8/0/x001/067".
func (dir folder) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	out := make([][]byte, len(tiles))
	for i, tile := range tiles {
		bytes, err := os.ReadFile(filepath.Join(string(dir), strings.Replace(tile.Path(), "tile/8/", "tile/", 1)))
		if err != nil {
			return nil, err
		}
		out[i] = bytes
	}
	return out, nil
}

func open(path string, verifiers note.Verifiers) tlog.Tree {
	bytes, err := os.ReadFile(path)
	check(err)
	signed, err := note.Open(bytes, verifiers)
	check(err)
	lines := strings.SplitN(signed.Text, "\n", 4)
	var tree tlog.Tree
	_, err = fmt.Sscan(lines[1], &tree.N)
	check(err)
	tree.Hash, err = tlog.ParseHash(lines[2])
	check(err)
	return tree
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

// The entries of a bundle: a length in two bytes, and so many bytes.
func entries(dir string, bundle int64, size int64) [][]byte {
	tile := tlog.Tile{H: 8, L: 0, N: bundle, W: int(min(size-bundle*256, 256))}
	path := strings.Replace(tile.Path(), "tile/8/0/", "tile/entries/", 1)
	bytes, err := os.ReadFile(filepath.Join(dir, path))
	check(err)
	var out [][]byte
	for len(bytes) > 0 {
		n := int(binary.BigEndian.Uint16(bytes))
		out = append(out, bytes[2:2+n])
		bytes = bytes[2+n:]
	}
	if len(out) != tile.W {
		log.Fatalf("%s holds %d entries", path, len(out))
	}
	return out
}

func main() {
	dir := os.Args[1]
	verifier, err := note.NewVerifier(os.Args[2])
	check(err)
	verifiers := note.VerifierList(verifier)
	tree := open(filepath.Join(dir, "checkpoint"), verifiers)
	hashes := tlog.TileHashReader(tree, folder(dir))
	index := int64(0)
	for bundle := int64(0); bundle*256 < tree.N; bundle++ {
		for _, entry := range entries(dir, bundle, tree.N) {
			proof, err := tlog.ProveRecord(tree.N, index, hashes)
			check(err)
			check(tlog.CheckRecord(proof, tree.N, tree.Hash, index, tlog.RecordHash(entry)))
			index++
		}
	}
	for _, path := range os.Args[3:] {
		old := open(path, verifiers)
		proof, err := tlog.ProveTree(tree.N, old.N, hashes)
		check(err)
		check(tlog.CheckTree(proof, tree.N, tree.Hash, old.N, old.Hash))
	}
	fmt.Printf("%d entries and %d older checkpoints proven\n", index, len(os.Args)-3)
}
