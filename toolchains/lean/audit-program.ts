/**
 * The program that names what a fresh build holds, run by `lean --run` in a process of its own. It imports Lean alone;
 * the build is loaded as data (`importModules` without `loadExts` runs no initialiser and no elaborator of it), so that
 * no code of the repository runs here that could see the nonce or print in its name.
 *
 * Prints one JSON object a line (audit.ts reads it): first {"nonce","begin":MODULE,"lean":VERSION}, then for every
 * constant of the module but constructors, recursors and names that Lean makes for itself {"nonce","name","kind","private","unsafe","axioms":[…],"missing":[…]}, last
 * {"nonce","end":MODULE,"count":N}. Axioms are collected as `#print axioms` does it, through types too.
 */
export const AUDIT_PROGRAM = `import Lean
open Lean

structure Found where
  seen : NameSet := {}
  axioms : Array Name := #[]
  missing : Array Name := #[]

partial def collect (env : Environment) (c : Name) : StateM Found Unit := do
  if (← get).seen.contains c then return
  modify fun s => { s with seen := s.seen.insert c }
  let go (e : Expr) : StateM Found Unit := e.getUsedConstants.forM (collect env)
  match env.find? c with
  | none => modify fun s => { s with missing := s.missing.push c }
  | some (.axiomInfo v) =>
    modify fun s => { s with axioms := s.axioms.push c }
    go v.type
  | some (.defnInfo v) => do go v.type; go v.value
  | some (.thmInfo v) => do go v.type; go v.value
  | some (.opaqueInfo v) => do go v.type; go v.value
  | some (.quotInfo _) => pure ()
  | some (.ctorInfo v) => go v.type
  | some (.recInfo v) => go v.type
  | some (.inductInfo v) => do go v.type; v.ctors.forM (collect env)

def kindOf : ConstantInfo → String
  | .axiomInfo _ => "axiom"
  | .defnInfo _ => "definition"
  | .thmInfo _ => "theorem"
  | .opaqueInfo _ => "opaque"
  | .quotInfo _ => "quotient"
  | .ctorInfo _ => "constructor"
  | .recInfo _ => "recursor"
  | .inductInfo _ => "inductive"

def names (ns : Array Name) : Json := Json.arr (ns.map fun n => Json.str n.toString)

def main (args : List String) : IO UInt32 := do
  match args with
  | [nonce, moduleText] =>
    let module := moduleText.toName
    let env ← importModules #[{ module := module }] {}
    let some index := env.getModuleIdx? module | throw <| IO.userError "the module is not there"
    IO.println <| Json.compress <| Json.mkObj [("nonce", Json.str nonce), ("begin", Json.str moduleText), ("lean", Json.str Lean.versionString)]
    let own := env.constants.map₁.fold (init := #[]) fun (found : Array (Name × ConstantInfo)) n c =>
      if env.getModuleIdxFor? n == some index then found.push (n, c) else found
    let mut count : Nat := 0
    for (n, c) in own do
      let user := (privateToUserName? n).getD n
      if user.isInternal then continue
      if (c matches .ctorInfo _ | .recInfo _) then continue
      let ((), found) := (collect env n).run {}
      count := count + 1
      IO.println <| Json.compress <| Json.mkObj [("nonce", Json.str nonce), ("name", Json.str user.toString), ("kind", Json.str (kindOf c)),
        ("private", Json.bool (isPrivateName n)), ("unsafe", Json.bool c.isUnsafe), ("axioms", names found.axioms), ("missing", names found.missing)]
    IO.println <| Json.compress <| Json.mkObj [("nonce", Json.str nonce), ("end", Json.str moduleText), ("count", toJson count)]
    return 0
  | _ => throw <| IO.userError "usage: NONCE MODULE"
`;
