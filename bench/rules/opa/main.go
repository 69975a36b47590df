// SPDX-License-Identifier: Apache-2.0
// rival_opa DIR PASSES: the query data.onus.fired over each request; prints the nanoseconds of each pass and
// request, and leaves in DIR/opa.txt which rules fired. Module and requests are parsed before any clock runs.
package main

import (
	"bufio"
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"
	"time"

	"github.com/open-policy-agent/opa/v1/ast"
	"github.com/open-policy-agent/opa/v1/rego"
)

func must[T any](value T, err error) T {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	return value
}

func requests(path string) []ast.Value {
	decoder := json.NewDecoder(strings.NewReader(string(must(os.ReadFile(path)))))
	decoder.UseNumber() // moments are whole numbers of 16 digits
	var list []map[string]any
	must(0, decoder.Decode(&list))
	out := make([]ast.Value, len(list))
	for i, one := range list {
		out[i] = must(ast.InterfaceToValue(one))
	}
	return out
}

func fired(result rego.ResultSet) string {
	var ids []string
	for _, id := range result[0].Expressions[0].Value.([]any) {
		ids = append(ids, id.(string))
	}
	sort.Strings(ids)
	return strings.Join(ids, " ")
}

func main() {
	dir, passes := os.Args[1], must(strconv.Atoi(os.Args[2]))
	ctx := context.Background()
	module := string(must(os.ReadFile(filepath.Join(dir, "rules.rego"))))
	query := must(rego.New(rego.Query("data.onus.fired"), rego.Module("rules.rego", module)).PrepareForEval(ctx))
	inputs := requests(filepath.Join(dir, "requests.json"))
	out := bufio.NewWriter(os.Stdout)
	defer out.Flush()
	var answers strings.Builder
	for pass := 0; pass < passes; pass++ {
		for _, input := range inputs {
			start := time.Now()
			result, err := query.Eval(ctx, rego.EvalParsedInput(input))
			fmt.Fprintln(out, time.Since(start).Nanoseconds())
			must(0, err)
			if pass == 0 {
				answers.WriteString(fired(result) + "\n")
			}
		}
	}
	must(0, os.WriteFile(filepath.Join(dir, "opa.txt"), []byte(answers.String()), 0o644))
}
