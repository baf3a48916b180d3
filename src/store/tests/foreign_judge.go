// Verifies an exported journal with the packages of the Go project: the checkpoint's signature, the
// root over all entries, a proof file, and the cosignature of the witness whose key is in the file
// `witness`. Usage: foreign_judge FOLDER; exit code 0 if all holds.
package main

import (
	"crypto/ed25519"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func must(err error) {
	if err != nil {
		fmt.Fprintln(os.Stderr, "foreign judge:", err)
		os.Exit(1)
	}
}

func read(folder, path string) []byte {
	data, err := os.ReadFile(filepath.Join(folder, path))
	must(err)
	return data
}

// checkpoint gives the size and root of a signed note.
func checkpoint(signed []byte, vkey string) (int64, tlog.Hash) {
	verifier, err := note.NewVerifier(vkey)
	must(err)
	opened, err := note.Open(signed, note.VerifierList(verifier))
	must(err)
	lines := strings.Split(opened.Text, "\n")
	if lines[0] != verifier.Name() {
		must(fmt.Errorf("another origin: %s", lines[0]))
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	must(err)
	root, err := tlog.ParseHash(lines[2])
	must(err)
	return size, root
}

// A witness (c2sp.org/tlog-cosignature) as a verifier of notes.
type witness struct {
	name string
	hash uint32
	key  ed25519.PublicKey
}

func (w witness) Name() string    { return w.name }
func (w witness) KeyHash() uint32 { return w.hash }
func (w witness) Verify(text, signature []byte) bool {
	if len(signature) != 8+ed25519.SignatureSize {
		return false
	}
	time := binary.BigEndian.Uint64(signature)
	signed := fmt.Sprintf("cosignature/v1\ntime %d\n%s", time, text)
	return ed25519.Verify(w.key, []byte(signed), signature[8:])
}

func newWitness(vkey string) witness {
	parts := strings.SplitN(strings.TrimSpace(vkey), "+", 3)
	hash, err := strconv.ParseUint(parts[1], 16, 32)
	must(err)
	key, err := base64.StdEncoding.DecodeString(parts[2])
	must(err)
	if len(key) != 33 || key[0] != 4 {
		must(fmt.Errorf("no key of a witness"))
	}
	return witness{parts[0], uint32(hash), key[1:]}
}

func path(n int64) string {
	text := fmt.Sprintf("%03d", n%1000)
	for n >= 1000 {
		n /= 1000
		text = fmt.Sprintf("x%03d/%s", n%1000, text)
	}
	return text
}

func main() {
	folder := os.Args[1]
	vkey := strings.TrimSpace(string(read(folder, "vkey")))
	size, root := checkpoint(read(folder, "checkpoint"), vkey)
	cosigner := newWitness(string(read(folder, "witness")))
	opened, err := note.Open(read(folder, "checkpoint"), note.VerifierList(cosigner))
	must(err)
	if len(opened.Sigs) != 1 || opened.Sigs[0].Name != cosigner.name {
		must(fmt.Errorf("the witness has not signed"))
	}

	var stored []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		var out []tlog.Hash
		for _, i := range indexes {
			out = append(out, stored[i])
		}
		return out, nil
	})
	var entries [][]byte
	for first := int64(0); first < size; first += 256 {
		name := "tile/entries/" + path(first/256)
		if size-first < 256 {
			name += ".p/" + strconv.FormatInt(size-first, 10)
		}
		bundle := read(folder, name)
		for len(bundle) > 0 {
			length := int(binary.BigEndian.Uint16(bundle))
			entries = append(entries, bundle[2:2+length])
			bundle = bundle[2+length:]
		}
	}
	if int64(len(entries)) != size {
		must(fmt.Errorf("%d entries instead of %d", len(entries), size))
	}
	for n, entry := range entries {
		hashes, err := tlog.StoredHashes(int64(n), entry, reader)
		must(err)
		stored = append(stored, hashes...)
	}
	computed, err := tlog.TreeHash(size, reader)
	must(err)
	if computed != root {
		must(fmt.Errorf("the entries do not hash to the root"))
	}

	text, signed, found := strings.Cut(string(read(folder, "5.tlog-proof")), "\n\n")
	lines := strings.Split(text, "\n")
	if !found || lines[0] != "c2sp.org/tlog-proof@v1" || lines[1] != "index 5" {
		must(fmt.Errorf("the proof file is not one"))
	}
	proved, provedRoot := checkpoint([]byte(signed), vkey)
	var proof tlog.RecordProof
	for _, line := range lines[2:] {
		raw, err := base64.StdEncoding.DecodeString(line)
		must(err)
		var hash tlog.Hash
		copy(hash[:], raw)
		proof = append(proof, hash)
	}
	must(tlog.CheckRecord(proof, proved, provedRoot, 5, tlog.RecordHash(entries[5])))
}
